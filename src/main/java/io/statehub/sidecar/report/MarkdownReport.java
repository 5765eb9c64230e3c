package io.statehub.sidecar.report;

import java.time.temporal.ChronoUnit;

/** A report as Markdown, for people and for a repository. */
public final class MarkdownReport {

    private MarkdownReport() {}

    /** The whole text. */
    public static String of(ReadinessReport report) {
        StringBuilder text = new StringBuilder();
        text.append("# Readiness of ").append(report.subject()).append("\n\n");
        text.append("**").append(report.verdict()).append("** at ");
        text.append(report.at().truncatedTo(ChronoUnit.SECONDS)).append(": ");
        text.append(report.counts().get(CheckResult.PASS)).append(" passed, ");
        text.append(report.counts().get(CheckResult.FAIL)).append(" failed, ");
        text.append(report.counts().get(CheckResult.UNKNOWN)).append(" unknown.\n");
        for (ReportSection section : report.sections()) {
            text.append("\n## ").append(section.title()).append("\n\n");
            text.append("| | what | evidence |\n|---|---|---|\n");
            for (ReportLine line : section.lines()) {
                text.append("| ").append(line.verdict());
                text.append(" | ").append(cell(line.subject()));
                text.append(" | ").append(cell(line.evidence())).append(" |\n");
            }
        }
        return text.toString();
    }

    /** Others write part of the evidence: it must not end a cell or begin a tag. */
    private static String cell(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("\n", " ");
    }
}
