package io.statehub.sidecar.config;

/** What an unusable write path does to readiness. */
public enum DatabasePolicy {
    STRICT,
    DEGRADE,
    IGNORE
}
