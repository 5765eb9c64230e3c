package io.statehub.sidecar.observation;

import java.util.List;
import java.util.OptionalLong;

/**
 * Figures over all replication slots of a server, however many of them are listed.
 *
 * @param slots how many there are
 * @param active those that a receiver uses now
 * @param lost those that have lost the log that they should have kept
 * @param mostRetained the most log that one of them keeps, in bytes; empty if none keeps any
 */
public record SlotTotals(long slots, long active, long lost, OptionalLong mostRetained) {

    /** Of slots that are all listed. */
    public static SlotTotals of(List<ReplicationSlot> all) {
        return new SlotTotals(
                all.size(),
                all.stream().filter(ReplicationSlot::active).count(),
                all.stream().filter(ReplicationSlot::lost).count(),
                all.stream()
                        .flatMapToLong(slot -> slot.retainedBytes().stream())
                        .max());
    }
}
