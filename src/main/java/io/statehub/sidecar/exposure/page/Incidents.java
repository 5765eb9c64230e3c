package io.statehub.sidecar.exposure.page;

import static java.util.stream.Collectors.joining;

import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.assessment.NaturalOrder;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Objectives.Compliance;
import io.statehub.sidecar.failover.OutageSum;
import io.statehub.sidecar.failover.Phase;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.failover.Standing;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Allowances;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The ongoing incident and those that ended, as the page shows them. */
final class Incidents {

    /** Older ones are in {@code /failovers}. */
    static final int MOST = 5;

    private static final double PERCENT = 100;

    private Incidents() {}

    /** Of a stale snapshot nobody knows where the cluster stands now. */
    static PageView.Standing standing(AgentSnapshot snapshot, boolean stale, Moment now) {
        Tracking tracking = snapshot.tracking();
        Standing standing = stale ? Standing.UNKNOWN : tracking.state().standing();
        Optional<Incident> incident = tracking.state().incident();
        Optional<Duration> elapsed = incident.map(it -> now.since(it.noticed()));
        return new PageView.Standing(
                StatusMarks.of(standing),
                standing.meaning(),
                elapsed.map(Duration::toMillis).orElse(-1L),
                elapsed.map(Figures::clock).orElse(""),
                incident.map(it -> members(it, snapshot.assessment().cluster().primaries()))
                        .orElse(""),
                standing == Standing.STABLE ? stableFor(tracking, now) : "",
                incident.map(it -> lines(it, tracking, now)).orElse(List.of()));
    }

    private static String stableFor(Tracking tracking, Moment now) {
        return tracking.history().stream()
                .findFirst()
                .flatMap(Incident::ending)
                .map(ending -> "Last incident: " + Words.outcome(ending.outcome()) + " "
                        + Figures.lasted(now.since(ending.at())) + " ago")
                .orElse("No incident is remembered");
    }

    /** Of a split brain all who lead now, in no order: none of them has taken over. */
    private static String members(Incident incident, List<MemberView> leading) {
        return leading.size() > 1
                ? leading.stream()
                        .map(MemberView::name)
                        .sorted(NaturalOrder.INSTANCE)
                        .collect(joining(" and "))
                : members(incident);
    }

    static String members(Incident incident) {
        return incident.oldPrimary().member()
                + incident.newPrimary().map(leader -> " → " + leader.member()).orElse("");
    }

    /** How long each service was out, and how long each phase took. */
    static List<PageView.Line> lines(Incident incident, Tracking tracking, Moment now) {
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

    /** What a bar of full length stands for. */
    static String scale(Tracking tracking, Duration rto) {
        return Figures.seconds(longest(newest(tracking), rto));
    }

    private static List<Incident> newest(Tracking tracking) {
        return tracking.history().stream().limit(MOST).toList();
    }

    private static Duration longest(List<Incident> incidents, Duration rto) {
        return Stream.concat(
                        Stream.of(rto),
                        incidents.stream()
                                .map(incident -> incident.outagesOf(Service.WRITE))
                                .filter(sum -> sum.outages() > 0)
                                .map(OutageSum::bounds)
                                .map(bounds -> bounds.upper().orElse(bounds.lower())))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    /** Newest first, their bars on one scale. */
    static List<PageView.Past> past(Tracking tracking, Allowances allowed) {
        List<Incident> newest = newest(tracking);
        Duration longest = longest(newest, allowed.rto());
        return newest.stream()
                .flatMap(incident -> incident.ending().stream().map(ending -> past(incident, ending, longest, allowed)))
                .toList();
    }

    private static PageView.Past past(Incident incident, Incident.Ending ending, Duration longest, Allowances allowed) {
        OutageSum writes = incident.outagesOf(Service.WRITE);
        Bounds bounds = writes.bounds();
        return new PageView.Past(
                incident.id(),
                verdict(incident, ending, allowed),
                Words.outcome(ending.outcome()),
                Words.dayAndMoment(incident.noticed().wallClock()),
                members(incident),
                Words.outages(writes),
                Words.count(incident.loss().rows()),
                phases(incident),
                percent(writes.outages() == 0 ? Duration.ZERO : bounds.lower(), longest),
                percent(writes.outages() == 0 ? Duration.ZERO : bounds.upper().orElse(longest), longest),
                percent(allowed.rto(), longest.plus(longest.dividedBy(100))));
    }

    /** By what it cost: more than allowed and by how much, not more, or that is left open. */
    static PageView.Mark verdict(Incident incident, Incident.Ending ending, Allowances allowed) {
        List<String> missed = new ArrayList<>();
        if (ending.rto() == Compliance.MISSED) {
            missed.add("RTO missed: " + Words.outages(incident.outagesOf(Service.WRITE)) + ", allowed "
                    + Figures.seconds(allowed.rto()));
        }
        if (ending.rpo() == Compliance.MISSED) {
            missed.add("RPO missed: "
                    + incident.loss().seconds().map(Words::bounds).orElse(Words.UNKNOWN) + " lost, allowed "
                    + Figures.seconds(allowed.rpo()));
        }
        if (!missed.isEmpty()) {
            return StatusMarks.as(Status.DOWN, String.join("; ", missed));
        }
        boolean met = ending.rto() == Compliance.MET && ending.rpo() == Compliance.MET;
        return met
                ? StatusMarks.as(Status.UP, "objectives met")
                : StatusMarks.as(Status.UNKNOWN, "Unknown whether the objectives were met");
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
