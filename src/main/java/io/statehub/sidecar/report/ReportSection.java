package io.statehub.sidecar.report;

import java.util.List;

/**
 * The lines on one matter.
 *
 * @param lines at least one
 */
public record ReportSection(String title, List<ReportLine> lines) {
    public ReportSection {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("a section without a line would pass unseen: " + title);
        }
    }
}
