package io.statehub.sidecar.failover;

import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import java.util.EnumMap;
import java.util.Map;

/**
 * What this process has counted since it began.
 *
 * @param outcomes incidents that ended
 * @param lostRows acknowledged beats found missing, at least
 * @param acked beats acknowledged
 * @param failed beats certainly not committed
 * @param ambiguous beats of which that is not known
 */
public record Tally(Map<Outcome, Long> outcomes, long lostRows, long acked, long failed, long ambiguous) {

    static final Tally NOTHING = new Tally(Map.of(), 0, 0, 0, 0);

    public Tally {
        outcomes = Map.copyOf(outcomes);
    }

    public long outcome(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    Tally ended(Outcome outcome) {
        Map<Outcome, Long> more = new EnumMap<>(Outcome.class);
        more.putAll(outcomes);
        more.merge(outcome, 1L, (one, other) -> one + other);
        return new Tally(more, lostRows, acked, failed, ambiguous);
    }

    Tally lost(long rows) {
        return new Tally(outcomes, lostRows + rows, acked, failed, ambiguous);
    }

    /** A beat that was skipped, because the one before was still out or another sidecar writes, was none. */
    Tally beat(HeartbeatObservation seen) {
        if (seen instanceof HeartbeatObservation.Acked) {
            return new Tally(outcomes, lostRows, acked + 1, failed, ambiguous);
        }
        if (seen instanceof HeartbeatObservation.Ambiguous) {
            return new Tally(outcomes, lostRows, acked, failed, ambiguous + 1);
        }
        boolean skipped = seen.failure()
                .filter(fault -> fault.kind() == FailureKind.SKIPPED || fault.kind() == FailureKind.STANDING_BY)
                .isPresent();
        return skipped ? this : new Tally(outcomes, lostRows, acked, failed + 1, ambiguous);
    }
}
