package io.statehub.sidecar.exposure.page;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.headline.FindingRow;
import io.statehub.sidecar.time.Moment;
import java.util.ArrayList;
import java.util.List;

/** Findings as the page shows them. */
final class FindingRows {

    /** Of one kind, named one by one; the rest is in {@code /status}. */
    private static final int MOST_EACH = 10;

    private final Moment now;
    private final String runbooks;

    /** @param runbooks address of the directory that has them */
    FindingRows(Moment now, String runbooks) {
        this.now = now;
        this.runbooks = runbooks;
    }

    /** The rows, each followed by those that stand under it. */
    List<PageView.Row> of(Assessment assessment) {
        List<PageView.Row> rows = new ArrayList<>();
        for (FindingRow row : FindingRow.of(assessment)) {
            rows.add(row(row, false));
            row.consequences().forEach(below -> rows.add(row(below, true)));
        }
        return rows;
    }

    private PageView.Row row(FindingRow row, boolean below) {
        return new PageView.Row(
                row.kind().label(),
                below,
                StatusMarks.of(row.kind().impact()),
                row.kind().title(),
                row.kind().meaning(),
                row.kind().runbook().map(name -> runbooks + name + ".md").orElse(""),
                row.subject(),
                row.measured(),
                row.allowed(),
                Figures.lasted(now.since(row.since())),
                Words.moment(row.since().wallClock()),
                row.alike().size() > 1
                        ? row.alike().stream()
                                .limit(MOST_EACH)
                                .map(finding -> finding.subject() + ": " + finding.measured())
                                .toList()
                        : List.of());
    }
}
