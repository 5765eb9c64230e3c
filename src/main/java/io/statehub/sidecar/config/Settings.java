package io.statehub.sidecar.config;

import jakarta.inject.Singleton;

/** All settings together. */
@Singleton
public record Settings(
        ApiSettings api,
        PostgresSettings postgres,
        ProbeSettings probe,
        ReplicationSettings replication,
        ReadinessSettings readiness) {}
