package io.statehub.sidecar.observation;

import java.util.OptionalLong;

/**
 * A row of {@code pg_replication_slots}.
 *
 * @param name its name
 * @param active whether a receiver uses it now
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved}, {@code lost}, or empty if it holds nothing
 * @param retainedBytes log kept for it; empty if it holds none
 * @param safeWalBytes log that can still be written before it is lost; empty if there is no limit
 */
public record ReplicationSlot(
        String name, boolean active, String walStatus, OptionalLong retainedBytes, OptionalLong safeWalBytes) {

    private static final String LOST = "lost";

    /** Whether the log it should have kept is gone, so that its standby must be seeded again. */
    public boolean lost() {
        return LOST.equals(walStatus);
    }
}
