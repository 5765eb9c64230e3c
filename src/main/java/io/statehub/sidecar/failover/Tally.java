package io.statehub.sidecar.failover;

import io.statehub.sidecar.observation.Failure;
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
        return switch (seen.result()) {
            case ACKED -> new Tally(outcomes, lostRows, acked + 1, failed, ambiguous);
            case FAILED -> wasSent(seen) ? new Tally(outcomes, lostRows, acked, failed + 1, ambiguous) : this;
            case AMBIGUOUS -> new Tally(outcomes, lostRows, acked, failed, ambiguous + 1);
        };
    }

    private static boolean wasSent(HeartbeatObservation seen) {
        return seen.failure()
                .map(Failure::kind)
                .filter(kind -> kind == FailureKind.SKIPPED || kind == FailureKind.STANDING_BY)
                .isEmpty();
    }
}
