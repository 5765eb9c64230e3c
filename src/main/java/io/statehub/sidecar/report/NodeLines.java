package io.statehub.sidecar.report;

import io.statehub.sidecar.assessment.Finding;
import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.KubernetesView;
import io.statehub.sidecar.observation.kubernetes.NodeState;
import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every node, and whether there are enough of them. */
final class NodeLines {

    private static final List<String> RESOURCES = List.of("cpu", "memory", "pods");

    private NodeLines() {}

    static ReportSection of(Optional<KubernetesView> kubernetes, FindingLines findings) {
        List<ReportLine> lines = new ArrayList<>();
        if (kubernetes.isEmpty()) {
            lines.add(ReportAssembly.notAsked("nodes"));
        } else {
            KubernetesView view = kubernetes.get();
            for (NodeState node : view.nodes()) {
                lines.add(findings.line(
                        node.name(),
                        Optional.of(described(node)),
                        FindingLines.on(Finding.onNode(node.name()))
                                .and(FindingLines.of(
                                        FindingKind.NODE_NOT_READY,
                                        FindingKind.NODE_UNKNOWN,
                                        FindingKind.NODE_PRESSURE))));
            }
            lines.add(findings.line(
                    "nodes for all instances", enough(view), FindingLines.of(FindingKind.FEWER_NODES_THAN_INSTANCES)));
        }
        return new ReportSection("Nodes", lines);
    }

    private static String described(NodeState node) {
        String roles = node.roles().isEmpty() ? "worker" : String.join(", ", node.roles());
        Map<String, String> resources = new TreeMap<>(node.allocatable());
        resources.keySet().retainAll(RESOURCES);
        return "roles " + roles + "; kubelet " + (node.kubelet().isEmpty() ? "unknown" : node.kubelet())
                + "; allocatable " + resources.toString().replaceAll("[{}]", "").replace("=", " ")
                + (node.schedulable() ? "" : "; not schedulable");
    }

    private static Optional<String> enough(KubernetesView view) {
        if (view.nodes().isEmpty()) {
            return Optional.empty();
        }
        return view.cluster()
                .map(OperatorCluster::instances)
                .filter(instances -> instances.isPresent())
                .map(instances -> view.nodes().size() + " nodes, " + instances.getAsInt() + " instances");
    }
}
