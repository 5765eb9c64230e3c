package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.kubernetes.DeclaredCluster;
import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import java.util.Set;
import java.util.TreeSet;

/** Names the states that somebody wants, so that nobody wonders what is missing. */
final class DeclaredRules {

    private static final String AS_DECLARED = "as declared";

    private DeclaredRules() {}

    static void check(Declared declared, Findings findings) {
        declared.replicaOf()
                .ifPresent(source -> findings.add(
                        FindingKind.REPLICA_CLUSTER,
                        Findings.CLUSTER,
                        "a replica of " + source + " (spec.replica): no member is out of recovery by design",
                        AS_DECLARED));
        if (declared.hibernated()) {
            findings.add(
                    FindingKind.CLUSTER_HIBERNATED,
                    Findings.CLUSTER,
                    "stopped by the annotation cnpg.io/hibernation",
                    AS_DECLARED);
        }
        declared.cluster().ifPresent(cluster -> fenced(cluster, findings));
        if (declared.maintenance()) {
            findings.add(
                    FindingKind.NODE_MAINTENANCE,
                    Findings.CLUSTER,
                    "a node is being worked on (spec.nodeMaintenanceWindow): one instance may be away",
                    AS_DECLARED);
        }
        if (declared.majorUpgrade()) {
            findings.add(
                    FindingKind.MAJOR_UPGRADE,
                    Findings.CLUSTER,
                    "all instances are stopped for another major version of PostgreSQL",
                    AS_DECLARED);
        }
    }

    private static void fenced(OperatorCluster cluster, Findings findings) {
        Set<String> fenced = new TreeSet<>(cluster.declared().fenced());
        if (!fenced.isEmpty()) {
            String who = fenced.contains(DeclaredCluster.ALL) ? "every instance" : String.join(", ", fenced);
            findings.add(
                    FindingKind.INSTANCES_FENCED,
                    Findings.CLUSTER,
                    who + " by the annotation cnpg.io/fencedInstances",
                    AS_DECLARED);
        }
    }
}
