package io.statehub.sidecar.exposure.metrics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.statehub.sidecar.assessment.Scope;
import io.statehub.sidecar.exposure.Scene;
import io.statehub.sidecar.exposure.StagedProfile;
import io.statehub.sidecar.snapshot.Stage;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(StagedProfile.class)
class MetricsEndpointQuarkusTest {

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /** As Prometheus 3 sends it. */
    private static final String OF_PROMETHEUS = "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
            + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
            + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

    @Inject
    Stage stage;

    private static Response scrape(String accept) {
        return given().accept(accept).get("/metrics");
    }

    private Exposition exposed(Scene scene) {
        scene.play(stage);
        return Exposition.parse(scrape("text/plain").asString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "*/*",
                "",
                "application/json",
                "text/plain;version=0.0.4;q=0.5,application/openmetrics-text;q=0.5",
                "application/openmetrics-text;q=0.2,text/plain;q=0.3",
                "application/openmetrics-text;q=0",
                "nonsense;;,,/",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
            })
    void textIsTheAnswerToWhoeverDoesNotPreferOpenMetrics(String accept) {
        Scene.STEADY.play(stage);

        Response answer = scrape(accept);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("text/plain; version=0.0.4");
        assertThat(answer.asString()).contains("# TYPE statehub_snapshots_total counter");
    }

    @ParameterizedTest
    @ValueSource(strings = {OPEN_METRICS, OF_PROMETHEUS, "application/openmetrics-text, text/plain;q=0.9, */*;q=0.1"})
    void openMetricsIsTheAnswerToWhoeverPrefersIt(String accept) {
        Scene.STEADY.play(stage);

        Response answer = scrape(accept);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo(OPEN_METRICS);
        assertThat(answer.asString())
                .contains("# TYPE statehub_snapshots counter")
                .endsWith("# EOF\n");
    }

    /** As an API that is not watched may say it, or a clock that was set. */
    @Test
    void aFigureThatThereCannotBeIsAbsentAndCounted() {
        FiguresOutOfRange outOfRange = new FiguresOutOfRange();
        Families families = new Families(outOfRange);

        families.add(Metric.REPLICATION_LAG_BYTES, -12_840, "pg-2");
        families.add(Metric.REPLICATION_STREAM_SILENCE, -3600.0, "pg-2");
        families.add(Metric.MEMBER_TIMELINE, 0, "pg-2");
        families.add(Metric.TIME_SINCE_FAILOVER, Double.NaN);
        families.add(Metric.RPO_EXPOSURE_UPPER, Double.POSITIVE_INFINITY);

        assertThat(families.toList()).isEmpty();
        assertThat(outOfRange.count()).isEqualTo(5);
    }

    @Test
    void bothFormsHaveTheSameSeries() {
        Scene.LAGGING.play(stage);

        Exposition text = Exposition.parse(scrape("text/plain").asString());
        Exposition open = Exposition.parse(scrape(OPEN_METRICS).asString());

        assertThat(open.samples().stream().map(sample -> sample.name() + sample.labels()))
                .containsExactlyInAnyOrderElementsOf(text.samples().stream()
                        .map(sample -> sample.name() + sample.labels())
                        .toList());
    }

    @Test
    void beforeAnythingWasObservedThereIsNoSeriesOfWhatIsUpOrLags() {
        Exposition metrics = exposed(Scene.NOTHING_OBSERVED);

        assertThat(metrics.of(Metric.API_UP)).isEmpty();
        assertThat(metrics.of(Metric.WRITE_ENDPOINT_UP)).isEmpty();
        assertThat(metrics.of(Metric.MEMBER_UP)).isEmpty();
        assertThat(metrics.of(Metric.REPLICATION_LAG_BYTES)).isEmpty();
        assertThat(metrics.values(Metric.READY)).containsExactly(0.0);
        assertThat(metrics.values(Metric.SNAPSHOTS)).containsExactly(0.0);
        assertThat(metrics.values(Metric.MEMBERS)).containsExactly(3.0);
        assertThat(metrics.values(Metric.STATUS, "replication", "unknown")).containsExactly(1.0);
    }

    @Test
    void aSteadyClusterIsUpInBoundsAndRouted() {
        Exposition metrics = exposed(Scene.STEADY);

        assertThat(metrics.values(Metric.READY)).containsExactly(1.0);
        assertThat(metrics.values(Metric.STATUS, "replication", "up")).containsExactly(1.0);
        assertThat(metrics.values(Metric.API_UP, "liveness")).containsExactly(1.0);
        assertThat(metrics.values(Metric.WRITE_ENDPOINT_WRITABLE)).containsExactly(1.0);
        assertThat(metrics.values(Metric.WRITE_ENDPOINT_ROUTED, "pg-1")).containsExactly(1.0);
        assertThat(metrics.values(Metric.WRITE_ENDPOINT_ROUTED, "pg-2")).containsExactly(0.0);
        assertThat(metrics.values(Metric.MEMBER_ROLE, "pg-1", "primary")).containsExactly(1.0);
        assertThat(metrics.values(Metric.MEMBER_ROLE, "pg-1", "standby")).containsExactly(0.0);
        assertThat(metrics.values(Metric.MEMBER_TIMELINE, "pg-3")).containsExactly(7.0);
        assertThat(metrics.values(Metric.REPLICATION_LAG_BYTES, "pg-2")).containsExactly(0.0);
        assertThat(metrics.values(Metric.REPLICATION_SYNCHRONOUS, "pg-2")).containsExactly(1.0);
        assertThat(metrics.values(Metric.REPLICATION_REPLAY_LAG_SECONDS, "pg-2"))
                .containsExactly(0.003);
        assertThat(metrics.values(Metric.SLOT_RETAINED, "pg-1")).containsExactly(4096.0);
    }

    @Test
    void aPrimaryHasNoLagAndNoReasonWhyItIsUnknown() {
        Exposition metrics = exposed(Scene.STEADY);

        assertThat(metrics.values(Metric.REPLICATION_LAG_BYTES, "pg-1")).isEmpty();
        assertThat(metrics.of(Metric.REPLICATION_LAG_UNKNOWN))
                .allSatisfy(sample -> assertThat(sample.value()).isZero());
    }

    @ParameterizedTest
    @CsvSource({
        "STANDBYS_UNKNOWN, pg-2, not_streaming",
        "STANDBYS_UNKNOWN, pg-3, unseen",
        "NO_PERMISSION, pg-2, no_permission",
        "NOTHING_OBSERVED, pg-1, unseen"
    })
    void anUnknownLagHasNoSeriesButAReason(Scene scene, String member, String reason) {
        Exposition metrics = exposed(scene);

        assertThat(metrics.values(Metric.REPLICATION_LAG_BYTES, member)).isEmpty();
        assertThat(metrics.values(Metric.REPLICATION_BEHIND_PRIMARY, member)).isEmpty();
        assertThat(metrics.of(Metric.REPLICATION_LAG_UNKNOWN).stream()
                        .filter(sample -> member.equals(sample.labels().get("member")) && sample.value() == 1)
                        .map(sample -> sample.labels().get("reason")))
                .containsExactly(reason);
    }

    @Test
    void aStandbyWithoutAReceiverIsNotConnectedAndOneThatHidesItSaysNothing() {
        assertThat(exposed(Scene.STANDBYS_UNKNOWN).values(Metric.REPLICATION_CONNECTED, "pg-2"))
                .containsExactly(0.0);
        assertThat(exposed(Scene.NO_PERMISSION).values(Metric.REPLICATION_CONNECTED, "pg-2"))
                .isEmpty();
    }

    @Test
    void onAnIdlePrimaryTheTimeLagIsZeroOnlyIfNothingIsLeftToReplay() {
        Exposition metrics = exposed(Scene.IDLE_PRIMARY);

        assertThat(metrics.values(Metric.REPLICATION_REPLAY_LAG_SECONDS, "pg-2"))
                .containsExactly(0.0);
        assertThat(metrics.values(Metric.REPLICATION_REPLAY_LAG_SECONDS, "pg-3"))
                .isEmpty();
        assertThat(metrics.values(Metric.REPLICATION_STREAM_SILENCE, "pg-2")).containsExactly(28.5);
        assertThat(metrics.values(Metric.REPLICATION_STALENESS_LOWER, "pg-2")).containsExactly(0.0);
        assertThat(metrics.values(Metric.STATUS, "replication", "up")).containsExactly(1.0);
    }

    @Test
    void anApiThatIsDownIsZeroAndNotAbsent() {
        Exposition metrics = exposed(Scene.API_DOWN);

        assertThat(metrics.values(Metric.API_UP, "liveness")).containsExactly(0.0);
        assertThat(metrics.values(Metric.API_UP, "readiness")).containsExactly(0.0);
        assertThat(metrics.values(Metric.READY)).containsExactly(0.0);
        assertThat(metrics.values(Metric.FINDINGS, "api_down")).containsExactly(1.0);
        assertThat(metrics.values(Metric.FINDINGS, "no_primary")).containsExactly(0.0);
    }

    @Test
    void aWritePathThatIsDownTakesReadinessAfterTheGraceAlone() {
        Exposition within = exposed(Scene.WRITE_PATH_DOWN_WITHIN_GRACE);
        assertThat(within.values(Metric.READY)).containsExactly(1.0);
        assertThat(within.values(Metric.WRITE_ENDPOINT_UP)).containsExactly(0.0);
        assertThat(within.values(Metric.WRITE_ENDPOINT_WRITABLE)).isEmpty();
        assertThat(within.values(Metric.MEMBER_UP, "pg-1")).containsExactly(0.0);

        assertThat(exposed(Scene.WRITE_PATH_DOWN_AFTER_GRACE).values(Metric.READY))
                .containsExactly(0.0);
    }

    @Test
    void ofAStaleSnapshotOnlyTheSidecarsOwnSeriesAreLeft() {
        // Failures are counted from the first one on.
        exposed(Scene.API_DOWN);
        Exposition metrics = exposed(Scene.STALE);

        Set<Metric> exported = EnumSet.noneOf(Metric.class);
        for (Metric metric : Metric.values()) {
            if (metrics.types().containsKey(metric.metricName())) {
                exported.add(metric);
            }
        }
        assertThat(exported)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Metric.values())
                        .filter(metric -> metric.subject() == Metric.Subject.SIDECAR)
                        .toList());
        assertThat(metrics.values(Metric.SNAPSHOT_AGE)).containsExactly(5.001);
    }

    @Test
    void probesAreCountedOnceForEachObservation() {
        double before = failures(exposed(Scene.STEADY));

        assertThat(failures(exposed(Scene.API_DOWN)) - before).isEqualTo(3.0);
    }

    private static double failures(Exposition metrics) {
        return metrics.values(Metric.PROBE_FAILURES, "api-liveness", "refused").stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void aScopeHasOneStatus(Scene scene) {
        Exposition metrics = exposed(scene);

        assertThat(metrics.of(Metric.STATUS).stream()
                        .filter(sample -> sample.value() == 1)
                        .map(sample -> sample.labels().get("scope")))
                .doesNotHaveDuplicates()
                .hasSize(scene == Scene.STALE ? 0 : Scope.values().length - (scene.asksKubernetes() ? 0 : 1));
    }

    @Test
    void theAgeIsThatOfTheScrape() {
        Scene.STEADY.play(stage);
        stage.pass(Duration.ofMillis(1500));

        assertThat(Exposition.parse(scrape("text/plain").asString()).values(Metric.SNAPSHOT_AGE))
                .containsExactly(1.5);
    }
}
