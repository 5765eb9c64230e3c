package io.statehub.sidecar.exposure.page;

import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.assessment.KubernetesView;
import io.statehub.sidecar.observation.kubernetes.ConditionStatus;
import io.statehub.sidecar.observation.kubernetes.NodeState;
import io.statehub.sidecar.snapshot.Allowances;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the cluster stands on, in a line each, where Kubernetes is asked: what is unknown says so. */
final class Surroundings {

    private Surroundings() {}

    static List<PageView.Line> of(Optional<KubernetesView> kubernetes, Allowances allowed) {
        return kubernetes.map(view -> lines(view, allowed)).orElse(List.of());
    }

    private static List<PageView.Line> lines(KubernetesView view, Allowances allowed) {
        List<PageView.Line> lines = new ArrayList<>();
        lines.add(new PageView.Line(
                "Operator",
                view.cluster()
                        .map(cluster -> cluster.phase())
                        .filter(phase -> !phase.isEmpty())
                        .orElse(Words.UNKNOWN)));
        lines.add(new PageView.Line("Nodes", nodes(view)));
        lines.add(new PageView.Line("Last backup", age(view.backups().age(), allowed.backupAge())));
        lines.add(new PageView.Line("Restore verified", age(view.restoreAge(), allowed.restoreAge())));
        return lines;
    }

    private static String nodes(KubernetesView view) {
        if (view.known(view.state().nodes()).isEmpty()) {
            return Words.UNKNOWN;
        }
        List<NodeState> nodes = view.nodes();
        long ready = nodes.stream()
                .filter(node -> node.ready() == ConditionStatus.TRUE)
                .count();
        return ready + " of " + nodes.size() + " ready";
    }

    private static String age(Optional<Duration> age, Duration allowed) {
        return age.map(Figures::age).map(text -> text + " ago").orElse(Words.UNKNOWN) + " (allowed "
                + Figures.age(allowed) + ")";
    }
}
