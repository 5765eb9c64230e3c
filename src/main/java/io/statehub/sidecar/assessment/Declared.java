package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import io.statehub.sidecar.observation.kubernetes.OperatorPhase;
import java.util.Optional;

/**
 * States of the cluster that somebody wants, by what Kubernetes says of them: each is named, and none is a fault.
 * Nothing is declared where Kubernetes isn't asked, or the operator's cluster isn't known well enough.
 *
 * @param cluster the operator's cluster, from which all of it is read
 */
public record Declared(Optional<OperatorCluster> cluster) {

    /** Of a cluster of which nobody has declared anything. */
    public static final Declared NOTHING = new Declared(Optional.empty());

    /** What the cluster follows, if it is the replica of another system: no member is out of recovery by design. */
    public Optional<String> replicaOf() {
        return cluster.flatMap(it -> it.declared().replicaOf());
    }

    /** Whether the cluster is stopped, or being stopped, because somebody wants it so. */
    public boolean hibernated() {
        return cluster.filter(OperatorCluster::hibernated).isPresent();
    }

    /** Whether somebody wants this member's server to stand still: its pod runs, and nothing answers there. */
    public boolean fenced(String member) {
        return cluster.filter(it -> it.declared().fences(member)).isPresent();
    }

    /** Whether the one that leads in the operator's view is to stand still. */
    boolean leaderFenced() {
        return cluster.flatMap(OperatorCluster::currentPrimary)
                .filter(this::fenced)
                .isPresent();
    }

    /** Whether all servers are down, or will be, because somebody wants it so: nothing can be read or written. */
    public boolean stopped() {
        return hibernated() || majorUpgrade();
    }

    /**
     * Whether this member may be down because somebody wants it so: it is stopped, or the only one away from a node at
     * work.
     */
    boolean excuses(String member, ClusterView cluster) {
        boolean oneAway = cluster.members().stream()
                        .filter(other -> other.health().status() == Status.DOWN && !fenced(other.name()))
                        .count()
                == 1;
        return stopped() || fenced(member) || (maintenance() && oneAway);
    }

    /** Whether a node is being worked on, so that one member may be away. */
    public boolean maintenance() {
        return cluster.filter(it -> it.declared().maintenance()).isPresent();
    }

    /**
     * Whether the cluster is upgraded to another major version: all servers are down, and come back as a new system.
     */
    public boolean majorUpgrade() {
        return cluster.filter(it -> it.phase().equals(OperatorPhase.MAJOR_UPGRADE))
                .isPresent();
    }
}
