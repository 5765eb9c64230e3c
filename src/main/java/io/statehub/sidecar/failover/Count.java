package io.statehub.sidecar.failover;

import java.util.OptionalLong;

/**
 * A number with its error.
 *
 * @param atLeast not negative
 * @param atMost empty if nothing bounds it, which is not the same as 0
 */
public record Count(long atLeast, OptionalLong atMost) {

    static Count exactly(long number) {
        return new Count(number, OptionalLong.of(number));
    }

    Count plus(Count other) {
        return new Count(
                atLeast + other.atLeast,
                atMost.isPresent() && other.atMost.isPresent()
                        ? OptionalLong.of(atMost.getAsLong() + other.atMost.getAsLong())
                        : OptionalLong.empty());
    }

    public boolean isExact() {
        return atMost.isPresent() && atMost.getAsLong() == atLeast;
    }
}
