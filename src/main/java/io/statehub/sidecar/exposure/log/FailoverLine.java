package io.statehub.sidecar.exposure.log;

import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.Count;
import io.statehub.sidecar.failover.FailoverEvent;
import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.failover.FailoverState;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.OutageSum;
import io.statehub.sidecar.failover.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A line of the log on failovers.
 *
 * @param warning whether somebody should look
 */
record FailoverLine(boolean warning, String text) {

    private static final Set<Kind> WARNINGS =
            EnumSet.of(Kind.PRIMARY_LOST, Kind.SPLIT_BRAIN, Kind.LOSS_FOUND, Kind.NO_CANDIDATE);

    /** What one step has to say: what was noticed, where it led, and what came of the incidents that ended. */
    static List<FailoverLine> of(
            FailoverState before, FailoverState after, List<FailoverEvent> events, List<Incident> ended) {
        List<FailoverLine> lines = new ArrayList<>();
        events.forEach(event -> lines.add(event(event)));
        if (!before.label().equals(after.label())) {
            lines.add(new FailoverLine(false, "failover state " + before.label() + " -> " + after.label()));
        }
        ended.forEach(incident ->
                incident.ending().ifPresent(ending -> lines.add(new FailoverLine(false, summary(incident, ending)))));
        return lines;
    }

    private static FailoverLine event(FailoverEvent event) {
        String incident = event.incident().map(id -> " [incident " + id + "]").orElse("");
        return new FailoverLine(
                WARNINGS.contains(event.kind()),
                "failover " + event.kind().label() + ": " + event.at().evidence() + incident);
    }

    private static String summary(Incident incident, Incident.Ending ending) {
        return "failover summary: %s; writes out %s (rto %s); lost rows %s (rpo %s) [incident %s]"
                .formatted(
                        ending.outcome().label(),
                        writeOutage(incident.outagesOf(Service.WRITE)),
                        ending.rto().label(),
                        incident.loss().rows().map(FailoverLine::rows).orElse("not known"),
                        ending.rpo().label(),
                        incident.id());
    }

    /** That no attempt failed doesn't show that none could have. */
    private static String writeOutage(OutageSum outages) {
        return outages.outages() == 0 ? "at no attempt" : between(outages.bounds());
    }

    private static String between(Bounds bounds) {
        Optional<String> upper = bounds.upper().map(bound -> " to " + seconds(bound));
        return (upper.isPresent() ? "" : "at least ") + seconds(bounds.lower()) + upper.orElse("");
    }

    private static String rows(Count rows) {
        if (rows.isExact()) {
            return String.valueOf(rows.atLeast());
        }
        return rows.atMost().isPresent()
                ? rows.atLeast() + " to " + rows.atMost().getAsLong()
                : "at least " + rows.atLeast();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
    }
}
