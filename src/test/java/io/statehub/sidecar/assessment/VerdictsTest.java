package io.statehub.sidecar.assessment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.Look;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every row of {@code verdicts.md}, and what must never be said of any two of them together. */
class VerdictsTest {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int SECONDS = 10;

    static Stream<VerdictCase> rows() {
        return VerdictCase.all().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void verdictIsAsTheTableSays(VerdictCase row) {
        Map<DatabasePolicy, Assessment> ends = new LinkedHashMap<>();
        List<Look> steps = row.steps();
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
    static Assessment after(DatabasePolicy policy, List<Look> steps) {
        Story story = Story.ofThree(policy, GRACE);
        story.times(2, VerdictCase.SOUND.sightings());
        steps.forEach(step -> story.times(SECONDS, step.sightings()));
        return story.current();
    }

    @Test
    void noTwoFaultsTogetherSayWhatMustNeverBeSaid() {
        List<VerdictCase> faults =
                VerdictCase.all().stream().filter(VerdictCase::oneStep).toList();
        int pairs = 0;
        for (int i = 0; i < faults.size(); i++) {
            // A stride that shares no divisor with most sizes meets other partners in each row, and all in the end.
            for (int j = i + 1; j < faults.size(); j += 3) {
                VerdictCase one = faults.get(i);
                VerdictCase other = faults.get(j);
                if (Collections.disjoint(
                        one.onlyStep().targets(), other.onlyStep().targets())) {
                    check(one, other);
                    pairs++;
                }
            }
        }
        assertThat(pairs).isGreaterThan(1_000);
    }

    private static void check(VerdictCase one, VerdictCase other) {
        Look both = VerdictCase.SOUND.but(one.onlyStep()).but(other.onlyStep());
        for (DatabasePolicy policy : DatabasePolicy.values()) {
            Assessment end = after(policy, List.of(both));
            String what = one + " + " + other + " under " + policy;
            List<String> truths = List.of(one.writes(), other.writes());
            if (truths.contains("fail") && !truths.contains("work")) {
                assertThat(end.status(Scope.DATABASE))
                        .as("up though no write succeeds: " + what)
                        .isIn(Status.DOWN, Status.UNKNOWN);
            }
            if (one.ours() && other.ours()) {
                assertThat(end.readiness().ready())
                        .as("unready for faults of ours: " + what)
                        .isTrue();
                assertThat(end.verdict()).as("down for faults of ours: " + what).isNotEqualTo(Status.DOWN);
            }
            ranges(end.cluster(), what);
        }
    }

    private static void ranges(ClusterView cluster, String what) {
        RpoExposure.of(cluster).ifPresent(exposure -> {
            assertThat(exposure.bytes().orElse(0)).as(what).isNotNegative();
            assertThat(exposure.tailBytes().orElse(0)).as(what).isNotNegative();
        });
        for (MemberView member : cluster.members()) {
            assertThat(cluster.lag().toUpstream(member).orElse(0)).as(what).isNotNegative();
            assertThat(cluster.lag().bytesBehindPrimary(member).orElse(0))
                    .as(what)
                    .isNotNegative();
            cluster.lag().staleness(member).ifPresent(age -> {
                assertThat(age.atLeast()).as(what).isGreaterThanOrEqualTo(Duration.ZERO);
                age.atMost().ifPresent(most -> assertThat(most).as(what).isGreaterThanOrEqualTo(age.atLeast()));
            });
        }
    }
}
