package io.statehub.sidecar.assessment;

/** What an unusable write path does to readiness. */
public enum DatabasePolicy {
    /** The write path must be known to work. */
    STRICT,
    /** The write path may be down for a grace period. */
    DEGRADE,
    /** The write path doesn't matter. */
    IGNORE
}
