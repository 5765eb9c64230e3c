package io.statehub.sidecar.assessment;

import java.time.Duration;

/**
 * The bounds that the assessment holds its observations to.
 *
 * @param hysteresis how many answers it takes to change one's mind
 * @param staleAfter age at which an observation of the API's liveness, the write endpoint or a member says nothing
 * @param apiReadinessStaleAfter the same for the API's readiness, which is asked less often
 * @param maxLagBytes log that a standby may have left to replay
 * @param maxStaleness how old the newest data on a standby may be
 * @param maxStreamSilence how long a WAL receiver may hear nothing
 * @param maxSlotRetentionBytes log that one slot may keep
 * @param readiness what makes the pod unready
 * @param kubernetes what Kubernetes is held to
 * @param heartbeatStaleAfter age at which a heartbeat says nothing
 */
public record AssessmentPolicy(
        Hysteresis hysteresis,
        Duration staleAfter,
        Duration apiReadinessStaleAfter,
        long maxLagBytes,
        Duration maxStaleness,
        Duration maxStreamSilence,
        long maxSlotRetentionBytes,
        ReadinessRule readiness,
        KubernetesPolicy kubernetes,
        Duration heartbeatStaleAfter) {}
