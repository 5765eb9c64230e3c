package io.statehub.sidecar.observation.kubernetes;

import java.time.Instant;
import java.util.Optional;

/**
 * From when on one cluster can be recovered out of an object store:
 * {@code objectstores.barmancloud.cnpg.io}, {@code status.serverRecoveryWindow}.
 *
 * @param store the object store's name
 * @param server the name under which the cluster is kept there
 */
public record RecoveryWindow(
        String store,
        String server,
        Optional<Instant> firstRecoverabilityPoint,
        Optional<Instant> lastSuccessfulBackup,
        Optional<Instant> lastFailedBackup) {}
