package io.statehub.sidecar.observation.kubernetes;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator's words for a cluster's phase mean. The words are those of every release of cloudnative-pg from
 * 1.22 to 1.30: the constants of {@code api/v1/cluster_types.go}, and what its controllers write without one. Words
 * that are not among them are not guessed at.
 */
public enum OperatorPhase {
    /** Nothing is wrong, and nothing is being changed. */
    HEALTHY,
    /** Something is being changed or waited for; this passes by itself. */
    WORKING,
    /** The primary is being changed. */
    CHANGING_PRIMARY,
    /** The operator waits for somebody, because it was told to ({@code primaryUpdateStrategy: supervised}). */
    WAITING,
    /** The operator can't continue by itself. */
    STUCK;

    /** While all instances are stopped for another major version of PostgreSQL. */
    public static final String MAJOR_UPGRADE = "Upgrading Postgres major version";

    /** While the primary is changed because somebody wants it, rather than because it failed. */
    public static final String SWITCHOVER = "Switchover in progress";

    /** While some instances are not ready. */
    public static final String WAITING_FOR_INSTANCES = "Waiting for the instances to become active";

    private static final Set<String> CHANGES = Set.of("Failing over", SWITCHOVER);
    private static final Set<String> WORKS = Set.of(
            "Setting up primary",
            "Creating a new replica",
            "Upgrading cluster",
            MAJOR_UPGRADE,
            "Cluster upgrade delayed",
            "Primary instance is being restarted in-place",
            "Primary instance is being restarted without a switchover",
            "Applying configuration",
            "Promoting to primary cluster",
            WAITING_FOR_INSTANCES,
            "Online upgrade in progress");
    private static final Set<String> WAITS = Set.of("Waiting for user action");
    private static final Set<String> STUCKS = Set.of(
            "Cluster is unrecoverable and needs manual intervention",
            "Cluster is in an unrecoverable state, needs manual intervention",
            "Unable to create required cluster objects",
            "Invalid cluster definition",
            "Unknown plugin",
            "Cluster cannot proceed to reconciliation due to an unknown plugin being required",
            "Cluster cannot proceed to reconciliation due to an error while interacting with plugins",
            "Cluster has incomplete or invalid image catalog",
            "Cluster cannot execute instance online upgrade due to missing architecture binary",
            // Written by the controllers: no instance is started, or none can be asked, until somebody changes
            // something.
            "Not enough disk space",
            "Instance Status Extraction Error: HTTP communication issue");

    /** What these words mean; empty if they are none that we know. */
    public static Optional<OperatorPhase> of(String words) {
        if (words.equals(OperatorCluster.HEALTHY)) {
            return Optional.of(HEALTHY);
        }
        if (CHANGES.contains(words)) {
            return Optional.of(CHANGING_PRIMARY);
        }
        if (WORKS.contains(words)) {
            return Optional.of(WORKING);
        }
        if (WAITS.contains(words)) {
            return Optional.of(WAITING);
        }
        return STUCKS.contains(words) ? Optional.of(STUCK) : Optional.empty();
    }

    /** The name in metric labels, such as {@code changing_primary}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
