package io.statehub.sidecar.record;

import io.statehub.sidecar.failover.FailoverEvent;
import io.statehub.sidecar.failover.FailoverState;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.time.Moment;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what of a step is worth a line. Every event and every end of an incident is; and a checkpoint, whenever a
 * successor would not get as far with the one before. Used by one thread.
 */
public final class FailoverRecorder {

    /** While writes are in question: how much a successor may miss of an outage that goes on. */
    static final Duration IN_TROUBLE = Duration.ofSeconds(5);

    /** Else: how long ago the primary may have been seen last, when a failover falls into the time without a sidecar. */
    static final Duration IN_QUIET = Duration.ofSeconds(60);

    private final FailoverLines lines;
    private Optional<Checkpoint> last = Optional.empty();

    private record Checkpoint(Tracking tracking, Moment at) {}

    public FailoverRecorder(FailoverLines lines) {
        this.lines = lines;
    }

    /** The lines that this step is worth, in order. */
    public List<JsonObject> lines(FailoverTracker.Step step, Moment now) {
        List<JsonObject> worth = new ArrayList<>();
        for (FailoverEvent event : step.events()) {
            worth.add(lines.event(event));
        }
        step.ended().forEach(incident -> worth.add(lines.incident(incident)));
        if (!step.events().isEmpty() || due(step.tracking(), now)) {
            worth.add(lines.checkpoint(step.tracking(), now));
            last = Optional.of(new Checkpoint(step.tracking(), now));
        }
        return worth;
    }

    private boolean due(Tracking tracking, Moment now) {
        if (last.isEmpty()) {
            return true;
        }
        boolean inTrouble =
                tracking.state().incident().isPresent() && !(tracking.state() instanceof FailoverState.Routed);
        boolean beatsToRemember =
                inTrouble && !tracking.ledger().equals(last.get().tracking().ledger());
        Duration age = now.since(last.get().at());
        return beatsToRemember || age.compareTo(inTrouble ? IN_TROUBLE : IN_QUIET) >= 0;
    }
}
