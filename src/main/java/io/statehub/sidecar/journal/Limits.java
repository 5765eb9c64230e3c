package io.statehub.sidecar.journal;

/**
 * How much a journal may take. Quarantined lines count, files of unknown versions don't: nothing of ours makes them grow.
 *
 * @param maxBytes of all files together, from {@link #MIN_BYTES}
 */
record Limits(long maxBytes) {

    /** So that a segment holds some dozens of entries. */
    static final long MIN_BYTES = 64L << 10;

    Limits {
        if (maxBytes < MIN_BYTES) {
            throw new IllegalArgumentException(maxBytes + " bytes are not allowed: it must be at least " + MIN_BYTES);
        }
    }

    /** Whole segments are deleted, so the journal keeps at least half of what it may take. */
    long segmentBytes() {
        return maxBytes / 4;
    }

    long quarantineBytes() {
        return maxBytes / 4;
    }

    /** Of one line, its end included. */
    long lineBytes() {
        return Math.min(JournalLine.MAX_BYTES, segmentBytes());
    }
}
