package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.KubernetesObservation;
import io.statehub.sidecar.observation.ObservationRound;
import java.util.List;
import java.util.Optional;

/** Both halves in one: what Kubernetes says, held against itself and against what the members said. */
final class KubernetesRules {

    private KubernetesRules() {}

    /** @param members what was found on the members themselves */
    static Optional<KubernetesView> check(
            ObservationRound round,
            ClusterView cluster,
            List<Finding> members,
            KubernetesPolicy policy,
            Findings findings) {
        if (round.kubernetes().isEmpty()) {
            return Optional.empty();
        }
        KubernetesObservation observed = round.kubernetes().get();
        KubernetesView view = KubernetesView.of(observed, round.at(), policy.staleAfter());
        WatchRules.check(view, findings);
        NodeRules.check(view, cluster, findings);
        OperatorRules.check(view, cluster, members, findings);
        StorageRules.check(view, findings);
        BackupRules.check(view, policy, findings);
        observed.leadership()
                .failure()
                .ifPresent(fault -> findings.add(
                        FindingKind.LEASE_UNKNOWN,
                        "lease",
                        fault.kind().label() + " (" + fault.detail() + ")",
                        "a lease that can be read and renewed"));
        return Optional.of(view);
    }
}
