package io.statehub.sidecar.report;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.KubernetesView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From an assessment to the report on it. */
public final class ReportAssembly {

    private ReportAssembly() {}

    /**
     * The report.
     *
     * @param objectives what durability is compared with
     * @param subject what was looked at, for people
     */
    public static ReadinessReport of(Assessment assessment, ReportedObjectives objectives, String subject) {
        FindingLines findings = new FindingLines(assessment);
        Optional<KubernetesView> kubernetes = assessment.kubernetes();
        List<ReportSection> sections = new ArrayList<>();
        sections.add(NodeLines.of(kubernetes, findings));
        sections.add(StorageLines.of(kubernetes, findings));
        sections.add(DatabaseLines.of(assessment, kubernetes, findings));
        List<ReportLine> durability = new ArrayList<>(DurabilityLines.of(kubernetes, objectives));
        durability.addAll(ExposureLines.of(assessment, objectives));
        sections.add(new ReportSection("Durability", durability));
        sections.add(BackupLines.of(kubernetes, findings));
        sections.add(ApiLines.of(assessment, kubernetes, findings));
        sections.add(AccessLines.of(assessment, kubernetes, findings));
        List<ReportLine> rest = findings.rest();
        if (!rest.isEmpty()) {
            sections.add(new ReportSection("Also found", rest));
        }
        return new ReadinessReport(assessment.at().wallClock(), subject, sections);
    }

    /** What is said where Kubernetes isn't asked. */
    static ReportLine notAsked(String subject) {
        return new ReportLine(subject, CheckResult.UNKNOWN, "Kubernetes is not asked (statehub.kubernetes.enabled)");
    }

    /** Findings on what can't be seen of Kubernetes. */
    static final FindingKind[] UNSEEN = {
        FindingKind.RESOURCE_UNREACHABLE,
        FindingKind.RESOURCE_FORBIDDEN,
        FindingKind.RESOURCE_ABSENT,
        FindingKind.WATCH_STALE,
        FindingKind.OBJECT_MALFORMED
    };
}
