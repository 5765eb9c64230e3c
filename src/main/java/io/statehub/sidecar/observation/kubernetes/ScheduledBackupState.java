package io.statehub.sidecar.observation.kubernetes;

import java.time.Instant;
import java.util.Optional;

/** A plan by which backups are made: {@code scheduledbackups.postgresql.cnpg.io}. */
public record ScheduledBackupState(
        String name, String cluster, String schedule, boolean suspended, Optional<Instant> next) {}
