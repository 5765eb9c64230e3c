package io.statehub.sidecar.exposure.page;

import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.OutageSum;
import io.statehub.sidecar.failover.Phase;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.failover.Standing;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The incident that goes on and those that ended, as the page shows them. */
final class Incidents {

    /** Older ones are in {@code /failovers}. */
    static final int MOST = 10;

    private static final double PERCENT = 100;

    private Incidents() {}

    /** Of a stale snapshot nobody knows where the cluster stands now. */
    static PageView.Standing standing(Tracking tracking, boolean stale, Moment now) {
        Standing standing = stale ? Standing.UNKNOWN : tracking.state().standing();
        Optional<Incident> incident = tracking.state().incident();
        Optional<Duration> elapsed = incident.map(it -> now.since(it.noticed()));
        return new PageView.Standing(
                StatusMarks.of(standing),
                standing.meaning(),
                elapsed.map(Duration::toMillis).orElse(-1L),
                elapsed.map(Figures::clock).orElse(""),
                incident.map(it -> lines(it, tracking, now)).orElse(List.of()));
    }

    private static List<PageView.Line> lines(Incident incident, Tracking tracking, Moment now) {
        List<PageView.Line> lines = new ArrayList<>();
        for (Service service : Service.values()) {
            lines.add(new PageView.Line(
                    named(service) + " out",
                    tracking.outages(incident, service, now).map(Words::outages).orElse("not tried")));
        }
        for (Phase phase : Phase.values()) {
            phase.bounds(incident, tracking.looked())
                    .ifPresent(bounds -> lines.add(new PageView.Line(named(phase), Words.bounds(bounds))));
        }
        return lines;
    }

    private static String named(Service service) {
        return switch (service) {
            case WRITE -> "Writes";
            case READ -> "Reads";
            case API -> "API";
        };
    }

    private static String named(Phase phase) {
        String label = phase.label();
        return label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1);
    }

    /** Newest first, their bars on one scale. */
    static List<PageView.Past> past(Tracking tracking, Duration rto) {
        List<Incident> newest = tracking.history().stream().limit(MOST).toList();
        Duration longest = Stream.concat(
                        Stream.of(rto),
                        newest.stream()
                                .map(incident -> incident.outagesOf(Service.WRITE))
                                .filter(sum -> sum.outages() > 0)
                                .map(OutageSum::bounds)
                                .map(bounds -> bounds.upper().orElse(bounds.lower())))
                .max(Duration::compareTo)
                .orElseThrow();
        return newest.stream()
                .flatMap(incident -> incident.ending().stream().map(ending -> past(incident, ending, longest, rto)))
                .toList();
    }

    private static PageView.Past past(Incident incident, Incident.Ending ending, Duration longest, Duration rto) {
        OutageSum writes = incident.outagesOf(Service.WRITE);
        Bounds bounds = writes.bounds();
        return new PageView.Past(
                incident.id(),
                StatusMarks.of(ending),
                Words.plain(ending.outcome().label()),
                Words.dayAndTime(incident.noticed().wallClock()),
                incident.oldPrimary().member()
                        + incident.newPrimary()
                                .map(leader -> " → " + leader.member())
                                .orElse(""),
                Words.outages(writes),
                Words.count(incident.loss().rows()),
                phases(incident),
                percent(writes.outages() == 0 ? Duration.ZERO : bounds.lower(), longest),
                percent(writes.outages() == 0 ? Duration.ZERO : bounds.upper().orElse(longest), longest),
                percent(rto, longest.plus(longest.dividedBy(100))));
    }

    private static String phases(Incident incident) {
        List<String> phases = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            phase.bounds(incident, incident.noticed())
                    .ifPresent(bounds -> phases.add(phase.label() + " " + Words.bounds(bounds)));
        }
        return String.join(", ", phases);
    }

    private static String percent(Duration part, Duration whole) {
        double share = whole.isZero() ? 0 : (double) part.toNanos() / whole.toNanos();
        return String.format(Locale.ROOT, "%.1f", Math.min(1, share) * PERCENT);
    }
}
