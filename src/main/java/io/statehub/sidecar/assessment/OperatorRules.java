package io.statehub.sidecar.assessment;

import static java.util.stream.Collectors.joining;

import io.statehub.sidecar.observation.kubernetes.Condition;
import io.statehub.sidecar.observation.kubernetes.ConditionStatus;
import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import io.statehub.sidecar.observation.kubernetes.OperatorPhase;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the operator says, and where it differs from what was seen. */
final class OperatorRules {

    /** What the operator would not call healthy if it saw it. */
    private static final Set<FindingKind> UNHEALTHY = Set.of(
            FindingKind.DIVERGED_TIMELINE,
            FindingKind.TWO_PRIMARIES,
            FindingKind.WRONG_SYSTEM_IDENTIFIER,
            FindingKind.NO_PRIMARY,
            FindingKind.STANDBY_NOT_STREAMING,
            FindingKind.MEMBER_DOWN);

    /** Why the condition ConsistentSystemID is false while no instance tells its system. */
    private static final String NOBODY_ASKED = "NotFound";

    private OperatorRules() {}

    /** @param members what was found on the members themselves */
    static void check(KubernetesView view, ClusterView cluster, List<Finding> members, Findings findings) {
        boolean known = view.known(view.state().cluster()).isPresent();
        if (view.cluster().isEmpty()) {
            if (known) {
                findings.add(
                        FindingKind.OPERATOR_CLUSTER_MISSING,
                        Findings.CLUSTER,
                        "no cnpg cluster of the name that is set in statehub.kubernetes.cluster",
                        "1");
            }
            return;
        }
        OperatorCluster operator = view.cluster().get();
        Declared declared = view.declared();
        phase(operator, declared, findings);
        ready(operator, declared, findings);
        instances(operator, declared, findings);
        primary(operator, declared, cluster, findings);
        lease(operator, view, findings);
        overlooks(operator, declared, members, findings);
        // While all instances are stopped, nothing is archived and nobody tells a system.
        if (!declared.stopped()) {
            condition(operator, "ContinuousArchiving", FindingKind.OPERATOR_ARCHIVING_FAILING, findings);
            condition(operator, "ConsistentSystemID", FindingKind.OPERATOR_SYSTEM_ID, findings);
        }
    }

    private static void phase(OperatorCluster operator, Declared declared, Findings findings) {
        String said = "phase '" + operator.phase() + "'"
                + (operator.phaseReason().isEmpty() ? "" : " (" + operator.phaseReason() + ")");
        Optional<OperatorPhase> phase = OperatorPhase.of(operator.phase());
        if (phase.isEmpty()) {
            findings.add(
                    FindingKind.OPERATOR_PHASE_UNKNOWN,
                    Findings.CLUSTER,
                    operator.phase().isEmpty() ? "no phase" : said,
                    "a phase that is known here");
        } else if (phase.get() != OperatorPhase.HEALTHY
                && !declared.majorUpgrade()
                && !(operator.phase().equals(OperatorPhase.WAITING_FOR_INSTANCES)
                        && allWantedReady(operator, declared))) {
            findings.add(FindingKind.OPERATOR_NOT_HEALTHY, Findings.CLUSTER, said, "'" + OperatorCluster.HEALTHY + "'");
        }
    }

    private static void ready(OperatorCluster operator, Declared declared, Findings findings) {
        if (declared.stopped() || allWantedReady(operator, declared)) {
            return;
        }
        operator.conditions()
                .get("Ready")
                .filter(condition -> operator.healthy() && condition.status() == ConditionStatus.FALSE)
                .ifPresent(condition -> findings.add(
                        FindingKind.OPERATOR_CONTRADICTS_ITSELF,
                        Findings.CLUSTER,
                        "phase '" + operator.phase() + "', and " + condition.described(),
                        "that both agree"));
    }

    /** The operator leaves a count of zero out. */
    private static void instances(OperatorCluster operator, Declared declared, Findings findings) {
        if (operator.instances().isEmpty() || declared.hibernated() || declared.majorUpgrade()) {
            return;
        }
        int away = mayBeAway(operator, declared);
        int ready = operator.readyInstances().orElse(0);
        if (ready < operator.instances().getAsInt() - away) {
            findings.add(
                    FindingKind.INSTANCES_NOT_READY,
                    Findings.CLUSTER,
                    ready + " instances ready",
                    operator.instances().getAsInt() + (away == 0 ? "" : ", of which " + away + " may be away"));
        }
    }

    /** How many instances may be missing because somebody wants it so. */
    private static int mayBeAway(OperatorCluster operator, Declared declared) {
        int fenced =
                (int) operator.instanceNames().stream().filter(declared::fenced).count();
        return fenced + (declared.maintenance() ? 1 : 0);
    }

    /** Whether instances are missing, and no more than may be: the operator waits for them, and nobody else does. */
    private static boolean allWantedReady(OperatorCluster operator, Declared declared) {
        int ready = operator.readyInstances().orElse(0);
        int wanted = operator.instances().orElse(0);
        return ready < wanted && ready >= wanted - mayBeAway(operator, declared);
    }

    private static void primary(OperatorCluster operator, Declared declared, ClusterView cluster, Findings findings) {
        if (operator.changingPrimary()) {
            findings.add(
                    FindingKind.PRIMARY_CHANGING,
                    Findings.CLUSTER,
                    "the operator is moving the primary from "
                            + operator.currentPrimary().orElse("nowhere") + " to "
                            + operator.targetPrimary().orElseThrow(),
                    "one primary that stays");
            return;
        }
        Optional<String> seen = cluster.primary().map(MemberView::name);
        Optional<String> source = declared.replicaOf();
        if (source.isPresent() && seen.isPresent()) {
            findings.add(
                    FindingKind.OPERATOR_PRIMARY_DIFFERS,
                    Findings.CLUSTER,
                    "the cluster is declared a replica of " + source.get() + ", and " + seen.get()
                            + " is out of recovery",
                    "no member out of recovery");
        } else if (seen.isPresent()
                && operator.currentPrimary().isPresent()
                && !operator.currentPrimary().equals(seen)) {
            findings.add(
                    FindingKind.OPERATOR_PRIMARY_DIFFERS,
                    Findings.CLUSTER,
                    "the operator's primary is " + operator.currentPrimary().get() + ", out of recovery is "
                            + seen.get(),
                    "the same");
        }
    }

    /** An instance writes as primary only while it holds the lease of the cluster, where the operator has one. */
    private static void lease(OperatorCluster operator, KubernetesView view, Findings findings) {
        Optional<String> holder = view.primaryLeaseHolder();
        if (!operator.changingPrimary()
                && holder.isPresent()
                && operator.currentPrimary().isPresent()
                && !operator.currentPrimary().equals(holder)) {
            findings.add(
                    FindingKind.OPERATOR_PRIMARY_DIFFERS,
                    "lease",
                    "the operator's primary is " + operator.currentPrimary().get() + ", the lease is held by "
                            + holder.get(),
                    "the same");
        }
    }

    private static void overlooks(
            OperatorCluster operator, Declared declared, List<Finding> members, Findings findings) {
        List<Finding> overlooked = operator.healthy() && !declared.hibernated()
                ? members.stream()
                        .filter(finding -> UNHEALTHY.contains(finding.kind()))
                        .filter(finding -> !declared.fenced(finding.subject()))
                        .toList()
                : List.of();
        if (!overlooked.isEmpty()) {
            findings.add(
                    FindingKind.OPERATOR_OVERLOOKS,
                    Findings.CLUSTER,
                    "the operator calls it healthy, while we see: "
                            + overlooked.stream()
                                    .map(finding -> finding.kind().title() + " (" + finding.subject() + ")")
                                    .collect(joining(", ")),
                    "that both agree");
        }
    }

    /**
     * A condition that an operator of this version doesn't have says nothing, and neither does one that is false since
     * nobody could be asked.
     */
    private static void condition(OperatorCluster operator, String type, FindingKind kind, Findings findings) {
        operator.conditions()
                .get(type)
                .filter(condition -> condition.status() == ConditionStatus.FALSE)
                .filter(condition -> !condition.reason().equals(NOBODY_ASKED))
                .map(Condition::described)
                .ifPresent(said -> findings.add(kind, Findings.CLUSTER, said, type));
    }
}
