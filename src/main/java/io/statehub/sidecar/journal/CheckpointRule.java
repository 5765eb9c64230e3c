package io.statehub.sidecar.journal;

import io.statehub.sidecar.failover.FailoverState;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/** Decides when a checkpoint is worth writing: whenever a successor would not get as far with the one before. */
final class CheckpointRule {

    /** While writes are in question: how much a successor may miss of an outage that is still open. */
    static final Duration IN_TROUBLE = Duration.ofSeconds(5);

    /**
     * Else: how long ago the primary may have been seen last, when a failover falls into the time without a sidecar.
     */
    static final Duration IN_QUIET = Duration.ofSeconds(60);

    /** However many heartbeats there are to remember: each writes some tens of kilobytes. */
    static final Duration BETWEEN_BEATS = Duration.ofSeconds(1);

    private Optional<Written> last = Optional.empty();

    private record Written(Tracking tracking, Moment at) {}

    /** Whether it is time, if nothing was noticed since the last one. */
    boolean due(Tracking tracking, Moment now) {
        if (last.isEmpty()) {
            return true;
        }
        Tracking before = last.get().tracking();
        Duration age = now.since(last.get().at());
        boolean inTrouble =
                tracking.state().incident().isPresent() && !(tracking.state() instanceof FailoverState.Routed);
        boolean beatsToRemember = inTrouble && !tracking.ledger().equals(before.ledger());
        if (beatsToRemember && age.compareTo(BETWEEN_BEATS) >= 0) {
            return true;
        }
        return age.compareTo(inTrouble ? IN_TROUBLE : IN_QUIET) >= 0 && !tracking.equals(before);
    }

    void written(Tracking tracking, Moment at) {
        last = Optional.of(new Written(tracking, at));
    }
}
