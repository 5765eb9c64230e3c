package io.statehub.sidecar.exposure.metrics;

/** What a figure is measured in, and so which figures there can be. */
public enum Unit {
    /** No or yes. */
    FLAG("", 0, 1),
    /** A number of things; above 2^53 a sample, which is a double, rounds. */
    COUNT("", 0, 0x1p63),
    /** Sizes and positions, which PostgreSQL counts in 64 bits without a sign. */
    BYTES("_bytes", 0, 0x1p64),
    /** A duration: not before it began, and no longer than a hundred years. */
    SECONDS("_seconds", 0, 100 * 366 * 86_400.0),
    /** Seconds since 1970, up to the year 2100. */
    UNIX_TIME("_seconds", 0, 4_102_444_800.0),
    /** PostgreSQL numbers timelines from 1, in 32 bits. */
    TIMELINE("", 1, 0x1p32 - 1);

    private final String suffix;
    private final double least;
    private final double most;

    Unit(String suffix, double least, double most) {
        this.suffix = suffix;
        this.least = least;
        this.most = most;
    }

    /**
     * How the name of a metric of this unit ends, but for the {@code _total} of a counter; empty where there is no
     * unit.
     */
    public String suffix() {
        return suffix;
    }

    /** Whether there can be such a figure; of NaN and the infinities there is none. */
    public boolean allows(double value) {
        return value >= least && value <= most;
    }
}
