package io.statehub.sidecar.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.Sighting;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What must never be said of any two rows of {@code verdicts.md} together. */
class VerdictPairsTest {

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
                        one.onlyStep().keySet(), other.onlyStep().keySet())) {
                    check(one, other);
                    pairs++;
                }
            }
        }
        assertThat(pairs).isGreaterThan(1_000);
    }

    private static void check(VerdictCase one, VerdictCase other) {
        Map<String, Sighting> both = SightWords.sound();
        both.putAll(one.onlyStep());
        both.putAll(other.onlyStep());
        for (DatabasePolicy policy : DatabasePolicy.values()) {
            Assessment end = VerdictTableTest.after(policy, List.of(both));
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
