package io.statehub.sidecar.report;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.KubernetesView;
import io.statehub.sidecar.assessment.Target;
import io.statehub.sidecar.observation.ApiCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the API answers, and on how many pods. */
final class ApiLines {

    private ApiLines() {}

    static ReportSection of(Assessment assessment, Optional<KubernetesView> kubernetes, FindingLines findings) {
        List<ReportLine> lines = new ArrayList<>();
        lines.add(findings.line(
                "liveness path",
                answer(assessment.targets().api(ApiCheck.LIVENESS)),
                FindingLines.of(FindingKind.API_DOWN, FindingKind.API_UNSEEN)));
        lines.add(findings.line(
                "readiness path",
                answer(assessment.targets().api(ApiCheck.READINESS)),
                FindingLines.of(FindingKind.API_NOT_READY)));
        lines.add(kubernetes
                .map(view -> findings.line("pods", pods(view), FindingLines.of(FindingKind.API_PODS_NOT_READY)))
                .orElseGet(() -> ReportAssembly.notAsked("pods")));
        return new ReportSection("API", lines);
    }

    private static Optional<String> answer(Target target) {
        return target.status().usable() && target.health().failure().isEmpty()
                ? target.last().map(last -> "answered in " + last.took().toMillis() + " ms")
                : Optional.empty();
    }

    private static Optional<String> pods(KubernetesView view) {
        return view.apiPods().isEmpty()
                ? Optional.empty()
                : Optional.of(view.apiPods().size() + " pods, all ready");
    }
}
