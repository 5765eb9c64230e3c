package io.statehub.sidecar.cli;

import io.quarkus.arc.Unremovable;
import io.statehub.sidecar.agent.Survey;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.report.CheckResult;
import io.statehub.sidecar.report.JsonReport;
import io.statehub.sidecar.report.MarkdownReport;
import io.statehub.sidecar.report.ReadinessReport;
import io.statehub.sidecar.report.ReadinessReports;
import io.statehub.sidecar.report.ReportedObjectives;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    int run(boolean json, Optional<Path> output) {
        ReadinessReport report = ReadinessReports.of(
                survey.take(Terminal::progress),
                new ReportedObjectives(
                        settings.objectives().rpo(), settings.objectives().archiveAge()),
                subject());
        String text = json ? JsonReport.of(report) : MarkdownReport.of(report);
        if (output.isEmpty()) {
            System.out.print(text);
        } else {
            try {
                Files.writeString(output.get(), text);
            } catch (IOException e) {
                System.err.println("--output: " + output.get() + " can't be written: " + e.getMessage());
                return 1;
            }
            System.out.println(report.verdict() + ": " + output.get());
        }
        return report.verdict() == CheckResult.PASS ? 0 : 1;
    }

    private String subject() {
        return settings.kubernetes()
                .cluster()
                .map(cluster -> "cluster " + cluster)
                .orElseGet(
                        () -> "the cluster behind " + settings.postgres().url().hosts());
    }
}
