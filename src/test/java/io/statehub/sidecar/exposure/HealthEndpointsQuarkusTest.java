package io.statehub.sidecar.exposure;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.ApiObservation;
import io.statehub.sidecar.observation.ProcessObservation;
import io.statehub.sidecar.snapshot.Stage;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(StagedProfile.class)
class HealthEndpointsQuarkusTest {

    private static final String LIVE = "/q/health/live";
    private static final String STARTED = "/q/health/started";
    private static final String READY = "/q/health/ready";
    private static final String API = "/q/health/group/api";
    private static final String REPLICATION = "/q/health/group/replication";

    @Inject
    Stage stage;

    /** The data of the one check behind an endpoint. */
    private static Map<String, Object> data(String endpoint) {
        JsonPath json = get(endpoint).jsonPath();
        assertThat(json.getList("checks")).hasSize(1);
        return json.getMap("checks[0].data");
    }

    private static String answer(String endpoint) {
        Response response = get(endpoint);
        String status = response.jsonPath().getString("status");
        assertThat(response.statusCode()).as("%s is %s", endpoint, status).isEqualTo("UP".equals(status) ? 200 : 503);
        return status;
    }

    @ParameterizedTest
    @CsvSource({
        // scene, live, started, ready, api, replication
        "NOTHING_OBSERVED, UP, DOWN, DOWN, UP, DOWN",
        "STEADY, UP, UP, UP, UP, UP",
        "IDLE_PRIMARY, UP, UP, UP, UP, UP",
        "API_DOWN, UP, UP, DOWN, DOWN, UP",
        "WRITE_PATH_DOWN_WITHIN_GRACE, UP, UP, UP, UP, DOWN",
        "WRITE_PATH_DOWN_AFTER_GRACE, UP, UP, DOWN, UP, DOWN",
        "STANDBYS_UNKNOWN, UP, UP, UP, UP, DOWN",
        "NO_PERMISSION, UP, UP, UP, UP, DOWN",
        "LAGGING, UP, UP, UP, UP, DOWN",
        "STALE, DOWN, DOWN, DOWN, UP, DOWN"
    })
    void eachEndpointAnswersItsOwnQuestion(
            Scene scene, String live, String started, String ready, String api, String replication) {
        scene.play(stage);

        assertThat(answer(LIVE)).as("live").isEqualTo(live);
        assertThat(answer(STARTED)).as("started").isEqualTo(started);
        assertThat(answer(READY)).as("ready").isEqualTo(ready);
        assertThat(answer(API)).as("api").isEqualTo(api);
        assertThat(answer(REPLICATION)).as("replication").isEqualTo(replication);
    }

    @Test
    void liveReportsALoopThatStandsStillWhileAnotherRuns() {
        Scene.STEADY.play(stage);
        stage.pass(Duration.ofSeconds(6));

        stage.observe(List.of(new ApiObservation.Answered(ApiCheck.LIVENESS, stage.now(), Duration.ofMillis(3), 200)));

        assertThat(answer(LIVE)).isEqualTo("DOWN");
        assertThat(data(LIVE)).containsEntry("reason", "write-endpoint is not being asked any more");
    }

    @Test
    void liveTellsTheAgeAndWhatIsAllowed() {
        Scene.STEADY.play(stage);

        assertThat(data(LIVE)).containsEntry("age", "0 ms").containsEntry("allowed", "5000 ms");
    }

    @Test
    void liveWaitsForAStartForHalfAMinuteAndNoLonger() {
        Scene.NOTHING_OBSERVED.play(stage);
        stage.pass(Duration.ofSeconds(30));

        assertThat(answer(LIVE)).isEqualTo("UP");
        assertThat(data(LIVE)).containsEntry("reason", "starting for 30000 ms; allowed: 30000 ms");
        assertThat(answer(READY)).isEqualTo("DOWN");
        stage.pass(Duration.ofMillis(1));
        assertThat(answer(LIVE)).isEqualTo("DOWN");
        assertThat(data(LIVE)).containsEntry("reason", "starting for 30001 ms; allowed: 30000 ms");
    }

    @Test
    void whatIsStaleTellsItsAgeAndWhatIsAllowed() {
        Scene.STALE.play(stage);

        String reason = "snapshot is 5001 ms old; allowed: 5000 ms";
        assertThat(data(LIVE)).containsEntry("reason", reason);
        assertThat(data(READY)).containsEntry("reason", reason);
        assertThat(data(REPLICATION)).containsEntry("reason", reason);
        assertThat(data(API)).containsEntry("reason", reason).containsEntry("status", "UNKNOWN");
    }

    @Test
    void aSnapshotOfExactlyTheAllowedAgeStillHolds() {
        Scene.STEADY.play(stage);
        stage.pass(Duration.ofSeconds(5));

        assertThat(answer(LIVE)).isEqualTo("UP");
    }

    @Test
    void startedTellsThatNotEveryTargetWasTried() {
        Scene.NOTHING_OBSERVED.play(stage);

        assertThat(data(STARTED)).containsEntry("reason", "not every target was tried yet");
    }

    @Test
    void readyTellsThatNothingWasObservedYet() {
        Scene.NOTHING_OBSERVED.play(stage);

        assertThat(data(READY))
                .containsEntry("api", "UNKNOWN")
                .containsEntry("database", "UNKNOWN")
                .containsEntry("reason-1", "not every target was tried yet");
    }

    @Test
    void readyTellsWhyTheApiCountsAsDown() {
        Scene.API_DOWN.play(stage);

        assertThat(data(READY))
                .containsEntry("api", "DOWN")
                .containsEntry("database", "UP")
                .containsEntry("reason-1", "API liveness path: connection refused (10.0.0.1:5432)")
                .containsEntry("reason-2", "API readiness path: connection refused (10.0.0.1:5432)");
    }

    @Test
    void withinTheGraceReadyTellsWhatIsExcused() {
        Scene.WRITE_PATH_DOWN_WITHIN_GRACE.play(stage);

        assertThat(data(READY))
                .containsEntry("database", "DOWN")
                .containsEntry("reason-1", "API readiness path: unexpected HTTP status (status 503)")
                .containsEntry("reason-2", "write path down for 7.0 s; allowed by policy degrade: 30.0 s");
    }

    @Test
    void afterTheGraceReadyTellsForHowLongTheWritePathIsDown() {
        Scene.WRITE_PATH_DOWN_AFTER_GRACE.play(stage);

        assertThat(data(READY)).containsValue("write path down for 37.0 s; allowed by policy degrade: 30.0 s");
    }

    @Test
    void theApiGroupTellsSinceWhenAndWhyTheApiIsDown() {
        Scene.API_DOWN.play(stage);

        assertThat(data(API))
                .containsEntry("status", "DOWN")
                .containsEntry("reason", "connection refused (10.0.0.1:5432)")
                .containsEntry("since", stage.now().wallClock().toString());
    }

    /** Whoever is starved of processor time has no say in whether the API lives. */
    @Test
    void theApiGroupKillsNothingWhileThisProcessIsTooLateToSee() {
        Scene.API_DOWN.play(stage);
        assertThat(answer(API)).isEqualTo("DOWN");

        stage.observe(List.of(new ProcessObservation(
                stage.now(), Duration.ofSeconds(1), Duration.ofMillis(900), Duration.ofMillis(225))));

        assertThat(answer(API)).isEqualTo("UP");
        assertThat(data(API))
                .containsEntry("status", "UNKNOWN")
                .containsEntry("reason", "this process did not run for 900 of the last 1000 ms");
    }

    @Test
    void theReplicationGroupTellsMeasuredAllowedWhichAndSinceWhen() {
        Scene.LAGGING.play(stage);

        String since = stage.now().wallClock().minusSeconds(2).toString();
        assertThat(data(REPLICATION))
                .containsEntry("status", "DEGRADED")
                .containsEntry("standby_lagging pg-2", "48.0 MiB left to replay; allowed: 16.0 MiB; since " + since);
    }

    @Test
    void theReplicationGroupTellsWhatCannotBeSeen() {
        Scene.NO_PERMISSION.play(stage);

        assertThat(data(REPLICATION)).containsEntry("status", "UNKNOWN").containsKey("no_permission pg-2");
    }
}
