package io.statehub.sidecar.report;

import java.time.Duration;

/**
 * What the durability that is found is compared with.
 *
 * @param rpo how much acknowledged data the loss of a node may cost, in seconds of it; 0 if none
 * @param archiveAge how long ago a segment of the log may last have been archived, which is what the loss of all nodes
 *     costs
 */
public record ReportedObjectives(Duration rpo, Duration archiveAge) {

    /** Whether nothing that was acknowledged may be lost with a node. */
    boolean nothingMayBeLost() {
        return rpo.isZero();
    }
}
