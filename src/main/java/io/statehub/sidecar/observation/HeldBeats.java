package io.statehub.sidecar.observation;

import java.util.List;

/**
 * The beats of one writer that a server holds, as runs of consecutive sequences.
 *
 * @param ranges in no particular order, not overlapping
 */
public record HeldBeats(List<Range> ranges) {

    /** Sequences {@code first} to {@code last}, both included. */
    public record Range(String run, long first, long last) {}

    public HeldBeats {
        ranges = List.copyOf(ranges);
    }

    public boolean holds(Beat beat) {
        return ranges.stream()
                .anyMatch(range -> range.run().equals(beat.run())
                        && range.first() <= beat.sequence()
                        && beat.sequence() <= range.last());
    }
}
