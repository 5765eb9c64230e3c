package io.statehub.sidecar.observation.kubernetes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A PostgreSQL cluster as its operator sees it: {@code clusters.postgresql.cnpg.io}.
 *
 * @param uid tells it from another cluster that had the name before; may be empty
 * @param phase the operator's own words; empty before it has said any
 * @param phaseReason why, in its words; may be empty
 * @param instances how many it should have; empty if that is not written
 * @param readyInstances how many are ready; empty if it doesn't say
 * @param instanceNames the instances that it has, ready or not
 * @param currentPrimary who leads, in its view
 * @param targetPrimary who should lead; {@code pending} while that is being decided
 * @param timeline the timeline that it has last seen
 * @param lastSuccessfulBackup stays empty or frozen when a plugin makes the backups
 * @param firstRecoverabilityPoint the same
 * @param restoreVerified what {@link #RESTORE_VERIFIED} says, as it is written there
 * @param failoverDrill the last failover drill, if what is written of it can be read
 * @param declared what somebody wants of it
 */
public record OperatorCluster(
        String name,
        String uid,
        String phase,
        String phaseReason,
        OptionalInt instances,
        OptionalInt readyInstances,
        List<String> instanceNames,
        Optional<String> currentPrimary,
        Optional<String> targetPrimary,
        OptionalLong timeline,
        Optional<Instant> lastSuccessfulBackup,
        Optional<Instant> firstRecoverabilityPoint,
        Optional<String> restoreVerified,
        Optional<DrilledFailover> failoverDrill,
        DeclaredCluster declared,
        Conditions conditions) {

    /** What the operator calls a cluster with which nothing is wrong. */
    public static final String HEALTHY = "Cluster in healthy state";

    /**
     * The annotation by which whoever has restored the cluster from its backups, and checked what came back, says when.
     */
    public static final String RESTORE_VERIFIED = "state-hub.io/restore-verified-at";

    /** Reasons of the condition on hibernation. With another one the operator has not begun. */
    private static final Set<String> STOPPED = Set.of("Hibernated", "DeletingPods", "WaitingPodsDeletion");

    /** In place of a target's name while the operator decides on it. */
    public static final String PENDING = "pending";

    public OperatorCluster {
        instanceNames = List.copyOf(instanceNames);
    }

    public boolean healthy() {
        return phase.equals(HEALTHY);
    }

    /** Whether the operator has begun to stop it for its hibernation, or has done so. */
    public boolean hibernated() {
        return declared.hibernation()
                && conditions
                        .get("cnpg.io/hibernation")
                        .filter(condition -> STOPPED.contains(condition.reason()))
                        .isPresent();
    }

    /** Whether the operator is about to change the primary, or in the middle of it. */
    public boolean changingPrimary() {
        return targetPrimary.isPresent() && !targetPrimary.equals(currentPrimary);
    }
}
