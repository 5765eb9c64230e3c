package io.statehub.sidecar.report;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.KubernetesView;
import io.statehub.sidecar.assessment.Scope;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether everything could be asked that this report rests on. */
final class AccessLines {

    private AccessLines() {}

    static ReportSection of(Assessment assessment, Optional<KubernetesView> kubernetes, FindingLines findings) {
        List<ReportLine> lines = new ArrayList<>();
        lines.add(findings.line(
                "write endpoint",
                endpoint(assessment.cluster()),
                finding -> finding.kind().scope() == Scope.DATABASE));
        kubernetes.ifPresent(view -> {
            for (Map.Entry<WatchedResource, Watched<?>> entry :
                    view.state().byResource().entrySet()) {
                if (!(entry.getValue() instanceof Watched.Off<?>)) {
                    lines.add(resource(entry.getKey().label(), entry.getValue(), findings));
                }
            }
        });
        return new ReportSection("Access", lines);
    }

    private static ReportLine resource(String label, Watched<?> watched, FindingLines findings) {
        Optional<String> seen = watched instanceof Watched.Current<?> current
                ? Optional.of(current.objects().size() + " seen")
                : Optional.empty();
        return findings.line(
                "Kubernetes: " + label, seen, FindingLines.on(label).and(FindingLines.of(ReportAssembly.UNSEEN)));
    }

    private static Optional<String> endpoint(ClusterView cluster) {
        return cluster.routedTo().map(member -> "leads to " + member);
    }
}
