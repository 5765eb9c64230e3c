package io.statehub.sidecar.observation.kubernetes;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One backup: {@code backups.postgresql.cnpg.io}.
 *
 * @param cluster the cluster that it is of
 * @param phase {@code completed}, {@code failed} or what is on its way; may be empty
 * @param stopped when it ended
 * @param error why it failed; may be empty
 */
public record BackupState(
        String name, String cluster, String phase, Optional<Instant> started, Optional<Instant> stopped, String error) {

    private static final Set<String> FAILED = Set.of("failed", "walArchivingFailing", "invalid backup definition");

    public boolean completed() {
        return phase.equals("completed");
    }

    public boolean failed() {
        return FAILED.contains(phase);
    }
}
