package io.statehub.sidecar.failover;

import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/**
 * A duration with its error: the true one is no shorter than the lower bound and no longer than the upper one.
 *
 * @param lower not negative
 * @param upper empty if nothing bounds it, which is not the same as 0
 */
public record Bounds(Duration lower, Optional<Duration> upper) {

    static final Bounds ZERO = new Bounds(Duration.ZERO, Optional.of(Duration.ZERO));

    /** The time from one occurrence to a later one, of which each lies between two moments. */
    static Bounds between(Occurrence from, Occurrence to) {
        return new Bounds(
                notNegative(to.earliest().since(from.latest())),
                Optional.of(notNegative(to.latest().since(from.earliest()))));
    }

    Bounds plus(Bounds other) {
        return new Bounds(lower.plus(other.lower), upper.flatMap(mine -> other.upper.map(mine::plus)));
    }

    /** The same lower bound with nothing known above it: what is still going on, or was not seen to end. */
    Bounds withoutUpper() {
        return new Bounds(lower, Optional.empty());
    }

    static Bounds of(Moment lowerFrom, Moment lowerTo, Optional<Moment> upperFrom, Moment upperTo) {
        return new Bounds(
                notNegative(lowerTo.since(lowerFrom)), upperFrom.map(begin -> notNegative(upperTo.since(begin))));
    }

    static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
