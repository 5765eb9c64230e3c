package io.statehub.sidecar.assessment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every row of {@code verdicts.md}. */
class VerdictTableTest {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int SECONDS = 10;

    static Stream<VerdictCase> rows() {
        return VerdictCase.all().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void verdictIsAsTheTableSays(VerdictCase row) {
        Map<DatabasePolicy, Assessment> ends = new LinkedHashMap<>();
        List<Map<String, Sighting>> steps = row.steps();
        for (DatabasePolicy policy : DatabasePolicy.values()) {
            ends.put(policy, after(policy, steps));
        }
        Assessment end = requireNonNull(ends.get(DatabasePolicy.DEGRADE));

        assertThat(String.join(
                        " | ",
                        end.status(Scope.DATABASE).name(),
                        end.status(Scope.REPLICATION).name(),
                        end.status(Scope.API).name(),
                        end.status(Scope.OBSERVATION).name(),
                        readiness(ends),
                        end.findings().stream()
                                .map(finding -> finding.kind().label())
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(" "))))
                .isEqualTo(String.join(
                        " | ",
                        row.database(),
                        row.replication(),
                        row.api(),
                        row.observation(),
                        row.ready(),
                        row.findings().stream().sorted().collect(Collectors.joining(" "))));
    }

    @Test
    void tableHasCasesEnoughAndNamesEachOnce() {
        List<String> names = VerdictCase.all().stream().map(VerdictCase::name).toList();
        assertThat(names).hasSizeGreaterThanOrEqualTo(120).doesNotHaveDuplicates();
    }

    private static String readiness(Map<DatabasePolicy, Assessment> ends) {
        List<String> ready = new ArrayList<>();
        ends.forEach((policy, end) -> {
            if (end.readiness().ready()) {
                ready.add(policy.name().toLowerCase(java.util.Locale.ROOT));
            }
        });
        return ready.size() == ends.size() ? "always" : ready.isEmpty() ? "never" : String.join(" ", ready);
    }

    /** What is said in the end, when each step has been seen for a while. */
    static Assessment after(DatabasePolicy policy, List<Map<String, Sighting>> steps) {
        Story story = new Story(Story.policy(policy, GRACE), "pg-1", "pg-2", "pg-3");
        Sighting[] sound = SightWords.sound().values().toArray(Sighting[]::new);
        story.times(2, sound);
        steps.forEach(step -> story.times(SECONDS, step.values().toArray(Sighting[]::new)));
        return story.current();
    }
}
