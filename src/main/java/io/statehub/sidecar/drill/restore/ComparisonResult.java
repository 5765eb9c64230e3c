package io.statehub.sidecar.drill.restore;

import java.util.List;

/**
 * How a restored database stands beside its manifest.
 *
 * @param differences what is wrong
 * @param undecided what could not be compared, and why
 * @param allowed what is not equal and doesn't have to be, and why
 * @param rowsCompared rows of all tables whose rows were compared
 * @param recordsCompared rows that were compared one by one
 */
public record ComparisonResult(
        List<Difference> differences,
        List<Difference> undecided,
        List<Difference> allowed,
        long tablesCompared,
        long rowsCompared,
        long recordsCompared) {

    public ComparisonResult {
        differences = List.copyOf(differences);
        undecided = List.copyOf(undecided);
        allowed = List.copyOf(allowed);
    }

    /** What all of it comes to. */
    public ComparisonOutcome outcome() {
        if (!differences.isEmpty()) {
            return ComparisonOutcome.DIFFERENT;
        }
        return undecided.isEmpty() ? ComparisonOutcome.SAME : ComparisonOutcome.UNDECIDED;
    }
}
