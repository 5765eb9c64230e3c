package io.statehub.sidecar.journal.file;

/**
 * How much a directory may take. The shares add up to all that is allowed, copies that are being written included.
 *
 * @param maxBytes of all files together, from {@link #MIN_BYTES}
 */
public record Limits(long maxBytes) {

    /** So that there is room for some incidents. */
    public static final long MIN_BYTES = 64L << 10;

    /** However much is allowed, no more is used: what is read at a start must be read in a moment. */
    public static final long MOST_USED = 64L << 20;

    private static final long LARGEST_CHECKPOINT = 256L << 10;

    public Limits {
        if (maxBytes < MIN_BYTES) {
            throw new IllegalArgumentException(maxBytes + " bytes are not allowed: it must be at least " + MIN_BYTES);
        }
    }

    private long sixteenth() {
        return Math.min(maxBytes, MOST_USED) / 16;
    }

    /** Of the file of events, before the oldest are left out. */
    public long eventBytes() {
        return 6 * sixteenth();
    }

    /** Of the file of events just after that. */
    long keptBytes() {
        return 3 * sixteenth();
    }

    /** Of a checkpoint, its end included; there are two while one replaces the other. */
    public long checkpointBytes() {
        return Math.min(LARGEST_CHECKPOINT, 3 * sixteenth() / 2);
    }

    /** Of lines that were set aside. */
    long quarantineBytes() {
        return 4 * sixteenth();
    }

    /** Of one line of the file of events, its end included. */
    public long lineBytes() {
        return Math.min(SealedLine.MAX_BYTES, keptBytes());
    }
}
