package io.statehub.sidecar.drill;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Observation;
import java.time.Duration;
import java.util.function.Supplier;

/** Tells apart what failed while this process did not run: that is no fault of the target's. */
public final class OwnDelays {

    /** A stop this short is borne by any try. */
    public static final Duration LEAST_TOLERATED = Duration.ofMillis(100);

    private static final int SHARE_OF_TIMEOUT = 4;

    private final Supplier<Duration> lost;

    /** @param lost how long this process has been stopped so far; never less than before */
    public OwnDelays(Supplier<Duration> lost) {
        this.lost = lost;
    }

    /** How long this process has been stopped so far. */
    public Duration lost() {
        return lost.get();
    }

    /** What was seen, with a failure during which this process was stopped for too long blamed on us. */
    public Observation blamed(Observation seen, Duration lostBefore, Duration timeout) {
        Duration stopped = lost().minus(lostBefore);
        Duration share = timeout.dividedBy(SHARE_OF_TIMEOUT);
        Duration tolerated = share.compareTo(LEAST_TOLERATED) > 0 ? share : LEAST_TOLERATED;
        return seen.failure().isPresent() && stopped.compareTo(tolerated) > 0
                ? seen.blaming(new Failure(
                        FailureKind.OWN_DELAY, "this process was stopped for " + stopped.toMillis() + " ms"))
                : seen;
    }

    /** Whether what failed was our fault. */
    public static boolean ours(Observation seen) {
        return seen.failure().filter(failure -> failure.kind().ours()).isPresent();
    }
}
