package io.statehub.sidecar.drill.failover;

import io.statehub.sidecar.failover.Outcome;
import io.statehub.sidecar.failover.Standing;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/** When all is seen that a drill waits for. */
final class WatchEnd {

    /** Writes are watched on for so long, to see that it stays so. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    /** The primary answered again: what was to be caused may still be to come. */
    private static final Duration ONLY_A_BLIP = Duration.ofSeconds(20);

    private final int standbys;
    private Optional<Moment> since = Optional.empty();

    /** @param standbys how many must stream again */
    WatchEnd(int standbys) {
        this.standbys = standbys;
    }

    boolean whole(AgentSnapshot seen, Watching watching, Moment now) {
        boolean still = watching.outcome().isPresent()
                && seen.tracking().state().standing() == Standing.STABLE
                && Soundness.streaming(seen.assessment()) >= standbys;
        since = still ? since.or(() -> Optional.of(now)) : Optional.empty();
        boolean changed = watching.outcome()
                .filter(outcome -> outcome.changedPrimary() || outcome == Outcome.REPROMOTION)
                .isPresent();
        Duration enough = changed ? SETTLED : ONLY_A_BLIP;
        return since.filter(from -> now.since(from).compareTo(enough) > 0).isPresent();
    }
}
