package io.statehub.sidecar.failover;

import java.util.OptionalLong;

/**
 * A number with its error.
 *
 * @param atLeast not negative
 * @param atMost empty if nothing bounds it, which is not the same as 0
 */
public record Count(long atLeast, OptionalLong atMost) {

    /** @throws IllegalArgumentException if the lower bound is negative, or above the upper one */
    public Count {
        if (atLeast < 0 || (atMost.isPresent() && atMost.getAsLong() < atLeast)) {
            throw new IllegalArgumentException("no count: " + atLeast + " to " + atMost);
        }
    }

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

    /** As people read it, such as {@code 3}, {@code 3 to 5} and {@code at least 3}. */
    public String described() {
        if (isExact()) {
            return Long.toString(atLeast);
        }
        return atMost.isPresent() ? atLeast + " to " + atMost.getAsLong() : "at least " + atLeast;
    }
}
