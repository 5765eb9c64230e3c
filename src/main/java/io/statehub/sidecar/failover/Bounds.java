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

    /** @throws IllegalArgumentException if the lower bound is negative, or above the upper one */
    public Bounds {
        if (lower.isNegative()
                || upper.filter(bound -> bound.compareTo(lower) < 0).isPresent()) {
            throw new IllegalArgumentException("no bounds: " + lower + " to "
                    + upper.map(Duration::toString).orElse("unknown"));
        }
    }

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

    /** The same lower bound with nothing known above it: what is still ongoing, or was not seen to end. */
    Bounds withoutUpper() {
        return new Bounds(lower, Optional.empty());
    }

    /** Attempts of two kinds may overlap: the upper bound then is no smaller than the lower one. */
    static Bounds of(Moment lowerFrom, Moment lowerTo, Optional<Moment> upperFrom, Moment upperTo) {
        Duration lower = notNegative(lowerTo.since(lowerFrom));
        return new Bounds(
                lower,
                upperFrom.map(begin -> upperTo.since(begin)).map(upper -> upper.compareTo(lower) < 0 ? lower : upper));
    }

    static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
