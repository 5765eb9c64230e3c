package io.statehub.sidecar.assessment;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.statehub.sidecar.observation.kubernetes.Condition;
import io.statehub.sidecar.observation.kubernetes.ConditionStatus;
import io.statehub.sidecar.observation.kubernetes.NodeState;
import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import io.statehub.sidecar.observation.kubernetes.PodState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What can be wrong with the machines, and with what is placed on them. */
final class NodeRules {

    private NodeRules() {}

    static void check(KubernetesView view, ClusterView cluster, Findings findings) {
        Optional<String> workedOn = workedOn(view);
        view.nodes().stream()
                .filter(node -> !workedOn.equals(Optional.of(node.name())))
                .forEach(node -> check(node, findings));
        if (!view.declared().stopped()) {
            fewerThanInstances(view, findings);
        }
        shared(view, findings);
        cluster.primary().map(MemberView::name).ifPresent(primary -> ofPrimary(primary, view, findings));
        apiPods(view, findings);
    }

    /** The node that is away for the declared work: the only one that isn't ready, and closed to new pods. */
    private static Optional<String> workedOn(KubernetesView view) {
        List<NodeState> away = view.nodes().stream()
                .filter(node -> node.ready() != ConditionStatus.TRUE)
                .toList();
        return view.declared().maintenance() && away.size() == 1
                ? Optional.of(away.get(0)).filter(node -> !node.schedulable()).map(NodeState::name)
                : Optional.empty();
    }

    private static void check(NodeState node, Findings findings) {
        String subject = Finding.onNode(node.name());
        String ready = node.conditions().get("Ready").map(Condition::described).orElse("it has no condition Ready");
        switch (node.ready()) {
            case TRUE -> {}
            case FALSE -> findings.add(FindingKind.NODE_NOT_READY, subject, ready, "Ready");
            case UNKNOWN -> findings.add(FindingKind.NODE_UNKNOWN, subject, ready, "Ready");
        }
        if (!node.troubles().isEmpty()) {
            String troubles = node.troubles().stream().map(Condition::described).collect(joining(", "));
            findings.add(FindingKind.NODE_PRESSURE, subject, troubles, "none of these");
        }
    }

    private static void fewerThanInstances(KubernetesView view, Findings findings) {
        OptionalInt instances = view.cluster().map(OperatorCluster::instances).orElse(OptionalInt.empty());
        if (instances.isEmpty() || view.known(view.state().nodes()).isEmpty()) {
            return;
        }
        long usable = view.nodes().stream()
                .filter(node -> node.ready() == ConditionStatus.TRUE && node.schedulable())
                .count();
        int away = view.declared().maintenance() ? 1 : 0;
        if (usable < instances.getAsInt() - away) {
            findings.add(
                    FindingKind.FEWER_NODES_THAN_INSTANCES,
                    Findings.CLUSTER,
                    usable + " nodes that are Ready and schedulable for " + instances.getAsInt() + " instances",
                    "a node for each instance");
        }
    }

    private static void shared(KubernetesView view, Findings findings) {
        Map<String, List<String>> byNode = view.instancePods().stream()
                .filter(pod -> pod.node().isPresent())
                .collect(groupingBy(pod -> pod.node().orElseThrow(), TreeMap::new, mapping(PodState::name, toList())));
        byNode.forEach((node, pods) -> {
            if (pods.size() > 1) {
                findings.add(
                        FindingKind.INSTANCES_SHARE_NODE,
                        Finding.onNode(node),
                        pods.size() + " instances: " + String.join(", ", pods),
                        "1");
            }
        });
    }

    private static void ofPrimary(String primary, KubernetesView view, Findings findings) {
        Optional<NodeState> node = view.nodeOf(primary);
        if (node.isPresent() && node.get().ready() != ConditionStatus.TRUE) {
            findings.add(
                    FindingKind.PRIMARY_ON_UNREADY_NODE,
                    primary,
                    "the primary is on node " + node.get().name() + ", whose Ready is "
                            + node.get().ready(),
                    "a node that is Ready");
        }
    }

    private static void apiPods(KubernetesView view, Findings findings) {
        List<PodState> pods = view.apiPods();
        List<String> unready = pods.stream()
                .filter(pod -> pod.ready() != ConditionStatus.TRUE)
                .map(PodState::name)
                .toList();
        if (!unready.isEmpty()) {
            findings.add(
                    FindingKind.API_PODS_NOT_READY,
                    Findings.API,
                    unready.size() + " of " + pods.size() + " pods not ready: " + String.join(", ", unready),
                    "0");
        }
    }
}
