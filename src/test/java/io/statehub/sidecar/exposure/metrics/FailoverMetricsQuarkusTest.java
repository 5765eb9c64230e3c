package io.statehub.sidecar.exposure.metrics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.statehub.sidecar.exposure.Scene;
import io.statehub.sidecar.exposure.StagedProfile;
import io.statehub.sidecar.failover.FailoverState;
import io.statehub.sidecar.failover.Standing;
import io.statehub.sidecar.snapshot.Stage;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(StagedProfile.class)
class FailoverMetricsQuarkusTest {

    @Inject
    Stage stage;

    private Exposition exposed(Scene scene) {
        scene.play(stage);
        return scrape();
    }

    private static Exposition scrape() {
        return Exposition.parse(given().accept("text/plain").get("/metrics").asString());
    }

    @ParameterizedTest
    @CsvSource({
        "NOTHING_OBSERVED, unknown",
        "STEADY, stable",
        "FAILOVER_RUNNING, failing_over",
        "FAILOVER_PROMOTED, promoted",
        "FAILOVER_ROUTED, routed",
        "FAILOVER_DONE_WITH_LOSS, stable",
        "SPLIT_BRAIN, split_brain"
    })
    void exactlyOneStateHolds(Scene scene, String state) {
        assertThat(exposed(scene).of(Metric.FAILOVER_STATE))
                .hasSize(Standing.values().length)
                .filteredOn(sample -> sample.value() == 1)
                .extracting(sample -> sample.labels().get("state"))
                .containsExactly(state);
    }

    @Test
    void everyStateHasASeries() {
        long states = Stream.of(FailoverState.Quiet.class, FailoverState.Troubled.class)
                .flatMap(kind -> Arrays.stream(kind.getPermittedSubclasses()))
                .count();

        assertThat(Standing.values()).hasSize((int) states);
    }

    @Test
    void everyOutcomeIsCountedFromZero() {
        Exposition metrics = exposed(Scene.NOTHING_OBSERVED);

        for (String outcome : List.of("blip", "restart", "switchover", "failover", "failed", "split_brain")) {
            assertThat(metrics.values(Metric.FAILOVERS, outcome)).as(outcome).containsExactly(0.0);
        }
        assertThat(metrics.values(Metric.LOST_ROWS)).containsExactly(0.0);
        assertThat(metrics.of(Metric.OUTAGE)).as("never tried").isEmpty();
        assertThat(metrics.of(Metric.OUTAGE_UPPER)).isEmpty();
        assertThat(metrics.of(Metric.SPLIT_BRAIN)).as("no member is seen").isEmpty();
        assertThat(metrics.of(Metric.TIME_SINCE_FAILOVER)).isEmpty();
        assertThat(exposed(Scene.BLIP).values(Metric.FAILOVERS, "blip")).containsExactly(1.0);
    }

    @Test
    void anOngoingOutageHasItsBounds() {
        Exposition metrics = exposed(Scene.FAILOVER_RUNNING);

        assertThat(metrics.values(Metric.OUTAGE, "write")).containsExactly(1.0);
        assertThat(metrics.values(Metric.OUTAGE, "read")).containsExactly(0.0);
        assertThat(metrics.values(Metric.CURRENT_OUTAGE_LOWER, "write")).containsExactly(2.997);
        assertThat(metrics.values(Metric.CURRENT_OUTAGE_UPPER, "write")).containsExactly(4.003);
        assertThat(metrics.values(Metric.CURRENT_OUTAGE_LOWER, "read")).isEmpty();
        assertThat(metrics.values(Metric.OUTAGES, "write")).containsExactly(1.0);
        assertThat(metrics.of(Metric.LAST_FAILOVER_OUTAGE_LOWER)).isEmpty();
    }

    @Test
    void aCounterOfOutageDoesNotRunAheadOfWhatWasSeen() {
        Exposition running = exposed(Scene.FAILOVER_RUNNING);
        assertThat(running.values(Metric.OUTAGE_LOWER, "write")).containsExactly(2.997);
        assertThat(running.values(Metric.OUTAGE_UPPER, "write")).containsExactly(4.0);

        stage.pass(Duration.ofMillis(900));

        assertThat(scrape().values(Metric.OUTAGE_UPPER, "write")).containsExactly(4.0);
        assertThat(exposed(Scene.FAILOVER_DONE_WITH_LOSS).values(Metric.OUTAGE_UPPER, "write"))
                .containsExactly(6.003);
    }

    @Test
    void aServiceThatIsNotTriedAnyMoreIsNeitherInNorOut() {
        Scene.FAILOVER_RUNNING.play(stage);
        stage.pass(Duration.ofSeconds(4));
        stage.observe(List.of());
        stage.pass(Duration.ofSeconds(2));

        Exposition metrics = scrape();

        assertThat(metrics.values(Metric.OUTAGE, "write")).isEmpty();
        assertThat(metrics.values(Metric.CURRENT_OUTAGE_UPPER, "write")).isEmpty();
        assertThat(metrics.values(Metric.OUTAGE, "api"))
                .as("which is asked less often")
                .containsExactly(1.0);
        assertThat(metrics.values(Metric.OUTAGE_UPPER, "write")).containsExactly(4.0);
    }

    @Test
    void aFailoverHasItsFigures() {
        Exposition metrics = exposed(Scene.FAILOVER_DONE_WITH_LOSS);

        assertThat(metrics.values(Metric.FAILOVERS, "failover")).containsExactly(1.0);
        assertThat(metrics.values(Metric.LAST_FAILOVER_OUTAGE_LOWER, "write")).containsExactly(3.997);
        assertThat(metrics.values(Metric.LAST_FAILOVER_OUTAGE_UPPER, "write")).containsExactly(6.003);
        assertThat(metrics.values(Metric.LAST_FAILOVER_OUTAGE_LOWER, "read")).containsExactly(0.0);
        assertThat(metrics.values(Metric.LAST_FAILOVER_OUTAGE_UPPER, "read"))
                .as("one that nobody saw is not bounded")
                .isEmpty();
        for (String phase : List.of("detection", "promotion", "routing", "redundancy")) {
            double lower =
                    metrics.values(Metric.LAST_FAILOVER_PHASE_LOWER, phase).get(0);
            assertThat(metrics.values(Metric.LAST_FAILOVER_PHASE_UPPER, phase))
                    .singleElement()
                    .satisfies(upper -> assertThat(upper).isGreaterThanOrEqualTo(lower));
        }
        assertThat(metrics.values(Metric.LAST_FAILOVER_LOST_ROWS)).containsExactly(2.0);
        assertThat(metrics.values(Metric.LAST_FAILOVER_LOST_ROWS_LOWER)).containsExactly(2.0);
        assertThat(metrics.values(Metric.LAST_FAILOVER_AMBIGUOUS_ROWS)).containsExactly(1.0);
        assertThat(metrics.values(Metric.LAST_FAILOVER_LOST_SECONDS_LOWER))
                .singleElement(DOUBLE)
                .isCloseTo(1.997, within(1e-9));
        assertThat(metrics.values(Metric.LAST_FAILOVER_LOST_SECONDS_UPPER)).containsExactly(2.003);
        assertThat(metrics.values(Metric.LAST_FAILOVER_LOST_BYTES_LOWER)).containsExactly(4096.0);
        assertThat(metrics.values(Metric.LOST_ROWS)).containsExactly(2.0);
        assertThat(metrics.values(Metric.LAST_FAILOVER_OBJECTIVE, "rto", "met")).containsExactly(1.0);
        assertThat(metrics.values(Metric.LAST_FAILOVER_OBJECTIVE, "rpo", "missed"))
                .containsExactly(1.0);
        assertThat(metrics.values(Metric.LAST_FAILOVER_OBJECTIVE, "rpo", "met")).containsExactly(0.0);
        // Promoted was seen in the round after the four of the loss; five rounds came after it.
        assertThat(metrics.values(Metric.TIME_SINCE_FAILOVER)).containsExactly(5.0);
        assertThat(metrics.values(Metric.LAST_FAILOVER_TIMESTAMP))
                .singleElement()
                .satisfies(at ->
                        assertThat(at).isCloseTo(stage.now().wallClock().toEpochMilli() / 1000.0 - 5, within(0.01)));
    }

    @Test
    void onceRoutedTheFailoverHasFiguresAndNoVerdictYet() {
        Exposition metrics = exposed(Scene.FAILOVER_ROUTED);

        assertThat(metrics.values(Metric.LAST_FAILOVER_OUTAGE_UPPER, "write")).containsExactly(6.003);
        assertThat(metrics.values(Metric.LAST_FAILOVER_PHASE_UPPER, "redundancy"))
                .isEmpty();
        assertThat(metrics.of(Metric.LAST_FAILOVER_OBJECTIVE)).isEmpty();
    }

    @Test
    void withoutHeartbeatsLossesAreAbsent() {
        Exposition metrics = exposed(Scene.FAILOVER_WITHOUT_HEARTBEATS);

        assertThat(metrics.values(Metric.FAILOVERS, "failover")).containsExactly(1.0);
        assertThat(metrics.of(Metric.LAST_FAILOVER_LOST_ROWS)).isEmpty();
        assertThat(metrics.of(Metric.LAST_FAILOVER_LOST_ROWS_LOWER)).isEmpty();
        assertThat(metrics.of(Metric.LAST_FAILOVER_AMBIGUOUS_ROWS)).isEmpty();
        assertThat(metrics.of(Metric.LAST_FAILOVER_LOST_SECONDS_UPPER)).isEmpty();
        assertThat(metrics.values(Metric.LAST_FAILOVER_OBJECTIVE, "rpo", "undecided"))
                .containsExactly(1.0);
    }

    @Test
    void twoMembersOutOfRecoveryAreASplitBrain() {
        assertThat(exposed(Scene.SPLIT_BRAIN).values(Metric.SPLIT_BRAIN)).containsExactly(1.0);
        assertThat(exposed(Scene.STEADY).values(Metric.SPLIT_BRAIN)).containsExactly(0.0);
    }

    @Test
    void beatsAreCountedByOutcomeAndAgeTheMembers() {
        Exposition running = exposed(Scene.FAILOVER_RUNNING);
        assertThat(running.values(Metric.HEARTBEATS, "acked")).containsExactly(5.0);
        assertThat(running.values(Metric.HEARTBEATS, "failed")).containsExactly(3.0);
        assertThat(running.values(Metric.HEARTBEATS, "ambiguous")).containsExactly(1.0);

        Exposition blip = exposed(Scene.BLIP);
        assertThat(blip.values(Metric.HEARTBEAT_STALENESS_LOWER, "pg-2"))
                .as("the beat that is missing was acknowledged just now")
                .containsExactly(0.0);
        assertThat(blip.values(Metric.HEARTBEAT_STALENESS_UPPER, "pg-2")).containsExactly(1.003);
        assertThat(exposed(Scene.STEADY).of(Metric.HEARTBEAT_STALENESS_UPPER)).isEmpty();
    }

    @Test
    void whatIsAtRiskDependsOnWhetherCommitsWait() {
        Exposition synchronous = exposed(Scene.STEADY);
        assertThat(synchronous.values(Metric.RPO_EXPOSURE_SYNCHRONOUS)).containsExactly(1.0);
        assertThat(synchronous.values(Metric.RPO_EXPOSURE_BYTES)).containsExactly(0.0);
        assertThat(synchronous.values(Metric.RPO_EXPOSURE_UPPER)).containsExactly(0.0);

        Exposition asynchronous = exposed(Scene.ASYNCHRONOUS);
        assertThat(asynchronous.values(Metric.RPO_EXPOSURE_SYNCHRONOUS)).containsExactly(0.0);
        assertThat(asynchronous.values(Metric.RPO_EXPOSURE_BYTES)).containsExactly(300.0);

        Exposition unprotected = exposed(Scene.UNPROTECTED);
        assertThat(unprotected.values(Metric.RPO_UNPROTECTED)).containsExactly(1.0);
        assertThat(unprotected.values(Metric.RPO_EXPOSURE_BYTES)).isEmpty();
        assertThat(unprotected.values(Metric.RPO_EXPOSURE_LOWER)).isEmpty();

        assertThat(exposed(Scene.FAILOVER_RUNNING).of(Metric.RPO_UNPROTECTED)).isEmpty();
    }
}
