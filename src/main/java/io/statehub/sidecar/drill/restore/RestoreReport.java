package io.statehub.sidecar.drill.restore;

import java.util.ArrayList;
import java.util.List;

/**
 * All that a verification found.
 *
 * @param expected of the manifest
 * @param found of the restored database
 * @param api answers of an API on it; none if none was asked
 */
public record RestoreReport(Origin expected, Origin found, AsOf asOf, ComparisonResult compared, List<ApiAnswer> api) {

    public RestoreReport {
        api = List.copyOf(api);
    }

    /** What all of it comes to: an API that doesn't answer is a difference. */
    public ComparisonOutcome outcome() {
        return api.stream().allMatch(ApiAnswer::sound) ? compared.outcome() : ComparisonOutcome.DIFFERENT;
    }

    /** One line. */
    public String summary() {
        return "%s: %d tables with %d rows compared, %d of them one by one; %d differences, %d undecided, %d allowed"
                .formatted(
                        outcome(),
                        compared.tablesCompared(),
                        compared.rowsCompared(),
                        compared.recordsCompared(),
                        compared.differences().size()
                                + api.stream().filter(answer -> !answer.sound()).count(),
                        compared.undecided().size(),
                        compared.allowed().size());
    }

    /** All of it, one line for each thing, the worst first. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        compared.differences().forEach(it -> lines.add("DIFFERENT " + it));
        api.forEach(it -> lines.add((it.sound() ? "API " : "DIFFERENT API ") + it.path() + ": " + it.what()));
        compared.undecided().forEach(it -> lines.add("UNDECIDED " + it));
        compared.allowed().forEach(it -> lines.add("allowed " + it));
        lines.add("manifest of " + expected.database() + " at " + expected.takenAt() + " (timeline "
                + expected.timeline() + ", "
                + expected.lsn() + "); restored: " + found.database() + " on PostgreSQL " + found.serverVersion()
                + ", timeline " + found.timeline() + ", " + found.lsn());
        lines.add(summary());
        return lines;
    }
}
