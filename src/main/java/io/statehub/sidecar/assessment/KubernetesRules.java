package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.Leadership;
import java.util.List;

/** Both halves in one: what Kubernetes says, held against itself and against what the members said. */
final class KubernetesRules {

    private KubernetesRules() {}

    /** @param members what was found on the members themselves, and of this process */
    static void check(
            KubernetesView view,
            Leadership leadership,
            ClusterView cluster,
            List<Finding> members,
            KubernetesPolicy policy,
            Findings findings) {
        WatchRules.check(view, members, findings);
        DeclaredRules.check(view.declared(), findings);
        NodeRules.check(view, cluster, findings);
        OperatorRules.check(view, cluster, members, findings);
        StorageRules.check(view, findings);
        BackupRules.check(view, policy, findings);
        leadership
                .failure()
                .ifPresent(fault -> findings.add(
                        FindingKind.LEASE_UNKNOWN, "lease", fault.described(), "a lease that can be read and renewed"));
    }
}
