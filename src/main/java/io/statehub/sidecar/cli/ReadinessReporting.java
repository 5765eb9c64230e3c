package io.statehub.sidecar.cli;

import io.quarkus.arc.Unremovable;
import io.statehub.sidecar.agent.Survey;
import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.evidence.Attachment;
import io.statehub.sidecar.evidence.EvidenceDraft;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.report.CheckResult;
import io.statehub.sidecar.report.JsonReport;
import io.statehub.sidecar.report.MarkdownReport;
import io.statehub.sidecar.report.ReadinessReport;
import io.statehub.sidecar.report.ReportAssembly;
import io.statehub.sidecar.report.ReportedObjectives;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code report readiness} does. */
@Singleton
@Unremovable
public class ReadinessReporting {

    private final Survey survey;
    private final Settings settings;

    ReadinessReporting(Survey survey, Settings settings) {
        this.survey = survey;
        this.settings = settings;
    }

    int run(boolean json, Optional<Path> output, FilingOptions filing) {
        Assessment assessment = survey.take(Terminal::progress);
        ReadinessReport report = ReportAssembly.of(
                assessment,
                new ReportedObjectives(
                        settings.objectives().rpo(), settings.objectives().archiveAge()),
                subject());
        String text = json ? JsonReport.of(report) : MarkdownReport.of(report);
        if (output.isEmpty()) {
            System.out.print(text);
        } else {
            try {
                OutputFile.write(output.get(), text);
            } catch (OutputFile.NotWrittenException e) {
                System.err.println(e.getMessage());
                return 1;
            }
            System.out.println(report.verdict() + ": " + output.get());
        }
        boolean filed = filing.file(() -> draft(report, assessment.cluster().systemIdentifier()));
        return report.verdict() == CheckResult.PASS && filed ? 0 : 1;
    }

    private static EvidenceDraft draft(ReadinessReport report, Optional<SystemIdentifier> cluster) {
        Map<CheckResult, Long> counts = report.counts();
        return new EvidenceDraft(
                EvidenceKind.READINESS_REPORT,
                report.at(),
                cluster,
                switch (report.verdict()) {
                    case PASS -> EvidenceVerdict.PASSED;
                    case FAIL -> EvidenceVerdict.FAILED;
                    case UNKNOWN -> EvidenceVerdict.UNDECIDED;
                },
                "readiness of " + report.subject() + ": " + counts.get(CheckResult.PASS) + " passed, "
                        + counts.get(CheckResult.FAIL) + " failed, " + counts.get(CheckResult.UNKNOWN) + " unknown",
                Map.of(),
                List.of(
                        Attachment.text("readiness.md", MarkdownReport.of(report)),
                        Attachment.text("readiness.json", JsonReport.of(report))));
    }

    private String subject() {
        return settings.kubernetes()
                .cluster()
                .map(cluster -> "cluster " + cluster)
                .orElseGet(
                        () -> "the cluster behind " + settings.postgres().url().hosts());
    }
}
