package io.statehub.sidecar.exposure.log;

import io.statehub.sidecar.failover.FailoverEvent;
import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.failover.FailoverState;
import io.statehub.sidecar.failover.Incident;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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
        ended.forEach(incident -> incident.ending()
                .ifPresent(ending -> lines.add(
                        new FailoverLine(false, "failover summary: " + IncidentSummary.of(incident, ending)))));
        return lines;
    }

    private static FailoverLine event(FailoverEvent event) {
        String incident = event.incident().map(id -> " [incident " + id + "]").orElse("");
        return new FailoverLine(
                WARNINGS.contains(event.kind()),
                "failover " + event.kind().label() + ": " + event.at().evidence() + incident);
    }
}
