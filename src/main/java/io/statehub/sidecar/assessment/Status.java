package io.statehub.sidecar.assessment;

import java.util.Locale;

/** How something is, from best to worst. Not knowing is worse than knowing of a small fault. */
public enum Status {
    /** Works, and within all bounds. */
    UP,
    /** Works, with a fault that needs somebody's attention. */
    DEGRADED,
    /** Whether it works is not known. */
    UNKNOWN,
    /** Does not work. */
    DOWN;

    /** The worse of the two. */
    public Status or(Status other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Whether it is known to work, with faults or without. */
    public boolean usable() {
        return this == UP || this == DEGRADED;
    }

    /** The name in metric labels, such as {@code degraded}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
