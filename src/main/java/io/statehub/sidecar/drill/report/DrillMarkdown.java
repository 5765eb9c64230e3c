package io.statehub.sidecar.drill.report;

import io.statehub.sidecar.drill.report.DrillDocument.Row;
import io.statehub.sidecar.drill.report.DrillDocument.Section;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A report as Markdown, for people and for a repository. */
public final class DrillMarkdown {

    private DrillMarkdown() {}

    /**
     * The whole text.
     *
     * @param picture the file with the picture, beside the report
     */
    public static String of(DrillDocument report, String picture) {
        StringBuilder text = new StringBuilder();
        text.append("# ")
                .append(report.title())
                .append(" of ")
                .append(report.subject())
                .append("\n\n");
        text.append("**")
                .append(report.verdict().label().toUpperCase(Locale.ROOT))
                .append("** at ");
        text.append(report.at().truncatedTo(ChronoUnit.SECONDS)).append(": ").append(plain(report.headline()));
        text.append("\n\n![What was tried, what failed, latency and lag over time](")
                .append(picture)
                .append(")\n");
        for (Section section : report.sections()) {
            text.append("\n## ").append(section.title()).append("\n\n| what | |\n|---|---|\n");
            for (Row row : section.rows()) {
                text.append("| ")
                        .append(cell(row.what()))
                        .append(" | ")
                        .append(cell(row.value()))
                        .append(" |\n");
            }
        }
        return text.toString();
    }

    /** Others write part of it: it must not begin a tag. */
    private static String plain(String text) {
        return text.replace("\\", "\\\\").replace("<", "&lt;").replace("\r", "");
    }

    /** Nor end a cell. */
    private static String cell(String text) {
        return plain(text).replace("|", "\\|").replace("\n", "<br>");
    }
}
