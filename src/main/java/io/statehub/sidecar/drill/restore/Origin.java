package io.statehub.sidecar.drill.restore;

import java.time.Instant;

/**
 * Of which database a manifest is, and of when.
 *
 * @param takenAt when its snapshot was taken, by the server's clock
 * @param systemIdentifier of the cluster, as {@code pg_control_system()} has it
 * @param timeline that the server wrote or replayed, from 1
 * @param lsn up to which the server had written or replayed
 * @param standby whether the server was a standby
 * @param role that read it
 * @param serverVersion as {@code server_version} has it
 * @param majorVersion such as 17, from 1
 * @param encoding of the database, such as {@code UTF8}
 * @param collation of the database, such as {@code C}
 * @param hashCheck what the server makes of a row that is always the same: two servers whose checks differ hash
 *     differently
 */
public record Origin(
        Instant takenAt,
        String systemIdentifier,
        int timeline,
        String lsn,
        boolean standby,
        String database,
        String role,
        String serverVersion,
        int majorVersion,
        String encoding,
        String collation,
        ContentDigest hashCheck) {

    /** @throws IllegalArgumentException if the timeline or the version is below 1 */
    public Origin {
        if (timeline < 1 || majorVersion < 1) {
            throw new IllegalArgumentException("timeline " + timeline + " of a server of version " + majorVersion);
        }
    }
}
