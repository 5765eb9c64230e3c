package io.statehub.sidecar.assessment;

import io.statehub.sidecar.time.Moment;
import java.util.Optional;

/**
 * In how many looks at the primary in a row standbys were missing that commits wait for.
 *
 * @param since when that was seen first; empty if none is missing
 * @param counted the look that was counted last
 * @param lacking whom commits waited for in vain when the primary was seen last; empty if nobody
 */
public record MissingStandbys(
        int looks, Optional<Moment> since, Optional<Moment> counted, Optional<SynchronousStandbys> lacking) {

    static MissingStandbys none() {
        return new MissingStandbys(0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same after another look; out of sight they stay missing. */
    MissingStandbys next(ClusterView cluster) {
        Optional<Moment> look = cluster.primary().flatMap(MemberView::seenAt);
        Optional<SynchronousStandbys> synchronous = SynchronousStandbys.of(cluster);
        if (look.isEmpty() || look.equals(counted)) {
            return this;
        }
        Optional<SynchronousStandbys> now = synchronous.filter(it -> !it.satisfied());
        return now.isPresent()
                ? new MissingStandbys(looks + 1, since.or(() -> look), look, now)
                : new MissingStandbys(0, Optional.empty(), look, Optional.empty());
    }
}
