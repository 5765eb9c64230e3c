package io.statehub.sidecar.assessment;

import io.statehub.sidecar.testing.CaseTable;
import io.statehub.sidecar.testing.Look;
import io.statehub.sidecar.testing.Observed;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A row of {@code verdicts.md}.
 *
 * @param seen what is seen, step by step, ten seconds each
 * @param writes what is true of writes: {@code work}, {@code fail}, or {@code -} where the case is not about that
 * @param ours whether all that is wrong is a fault of ours
 */
record VerdictCase(
        String name,
        String seen,
        String writes,
        boolean ours,
        String database,
        String replication,
        String api,
        String observation,
        String ready,
        List<String> findings) {

    /** A cluster and an API with nothing to say against, and a process that is never late. */
    static final Look SOUND = Look.SOUND.but(Observed.lost(Duration.ZERO));

    private static final int COLUMNS = 10;
    private static final List<VerdictCase> ALL =
            CaseTable.rows(VerdictCase.class, "/verdicts.md", "case", COLUMNS).stream()
                    .map(VerdictCase::read)
                    .toList();

    static List<VerdictCase> all() {
        return ALL;
    }

    private static VerdictCase read(List<String> cells) {
        List<String> findings =
                cells.get(9).equals("-") ? List.of() : List.of(cells.get(9).split(" "));
        return new VerdictCase(
                cells.get(0),
                cells.get(1),
                cells.get(2),
                cells.get(3).equals("yes"),
                cells.get(4),
                cells.get(5),
                cells.get(6),
                cells.get(7),
                cells.get(8),
                findings);
    }

    /** What is seen in each step, of which all but what its phrases are about is sound. */
    List<Look> steps() {
        return Stream.of(seen.split("; then ", -1))
                .map(step -> SOUND.but(phrases(step)))
                .toList();
    }

    /** What the phrases of the only step are about. */
    Look onlyStep() {
        return phrases(seen);
    }

    private static Look phrases(String step) {
        return Stream.of(step.split(", ", -1))
                .filter(phrase -> !phrase.equals("all is sound"))
                .map(SightWords::read)
                .reduce(Look.NOTHING, Look::but);
    }

    boolean oneStep() {
        return !seen.contains("; then ");
    }

    @Override
    public String toString() {
        return name;
    }
}
