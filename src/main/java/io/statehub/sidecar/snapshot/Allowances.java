package io.statehub.sidecar.snapshot;

import io.statehub.sidecar.observation.ApiCheck;
import java.time.Duration;
import java.util.Map;

/**
 * What is allowed here, for as long as the process lives: what readers show beside what was measured.
 *
 * @param staleAfter age at which a snapshot says nothing
 * @param maxLagBytes log that a standby may have left to replay
 * @param maxStaleness how old the newest data on a standby may be
 * @param maxStreamSilence how long a WAL receiver may hear nothing
 * @param maxSlotRetentionBytes log that one slot may keep
 * @param apiTimeouts for the whole answer to each check
 * @param apiReadinessInterval between two checks of the API's readiness
 * @param rto how long writes may be out
 * @param rpo how much acknowledged data may be lost, in time of it
 * @param backupAge of the newest backup
 * @param restoreAge since a restore was last verified
 * @param failoverDrillAge since the last failover drill
 * @param archiveAge since a segment was archived, while log is written
 */
public record Allowances(
        Duration staleAfter,
        long maxLagBytes,
        Duration maxStaleness,
        Duration maxStreamSilence,
        long maxSlotRetentionBytes,
        Map<ApiCheck, Duration> apiTimeouts,
        Duration apiReadinessInterval,
        Duration rto,
        Duration rpo,
        Duration backupAge,
        Duration restoreAge,
        Duration failoverDrillAge,
        Duration archiveAge) {

    public Allowances {
        apiTimeouts = Map.copyOf(apiTimeouts);
    }
}
