package io.statehub.sidecar.exposure.web;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.statehub.sidecar.exposure.Scene;
import io.statehub.sidecar.exposure.StagedProfile;
import io.statehub.sidecar.snapshot.Stage;
import io.statehub.sidecar.testing.Members;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(StagedProfile.class)
class StatusRouteQuarkusTest {

    @Inject
    Stage stage;

    private JsonPath status(Scene scene) {
        scene.play(stage);
        return get("/status").jsonPath();
    }

    @Test
    void theAnswerIsJsonThatNobodyStores() {
        Scene.STEADY.play(stage);

        Response answer = get("/status");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void onlyGetIsAnswered() {
        assertThat(RestAssured.post("/status").statusCode()).isEqualTo(405);
    }

    @Test
    void beforeAnythingWasObservedAllIsUnknown() {
        JsonPath status = status(Scene.NOTHING_OBSERVED);

        assertThat(status.getString("verdict")).isEqualTo("UNKNOWN");
        assertThat(status.getInt("snapshot")).isZero();
        assertThat(status.getBoolean("readiness.ready")).isFalse();
        assertThat(status.getList("readiness.reasons")).containsExactly("not every target was tried yet");
        assertThat(status.<Object>get("api.liveness.observedAt")).isNull();
        assertThat(status.getList("cluster.members.name")).containsExactly("pg-1", "pg-2", "pg-3");
        assertThat(status.getList("cluster.members.role")).containsOnlyNulls();
    }

    @Test
    void listsThatAreHiddenOrRefusedAreNullAndThoseThatAreEmptyAreEmpty() {
        JsonPath hidden = status(Scene.NO_PERMISSION);
        assertThat(hidden.<Object>get("cluster.members[1].senders")).isNull();
        assertThat(hidden.<Object>get("cluster.members[1].sendersLeftOut")).isNull();
        assertThat(hidden.getList("cluster.members[2].senders")).isEmpty();

        JsonPath refused = status(Scene.KUBERNETES_UNSEEN);
        for (String list : List.of("nodes", "instances", "apiPods")) {
            assertThat(refused.<Object>get("kubernetes." + list)).as(list).isNull();
        }
        JsonPath notWatched = status(Scene.KUBERNETES_EMPTY);
        assertThat(notWatched.<Object>get("kubernetes.volumes")).isNull();
        assertThat(status(Scene.KUBERNETES_SOUND).getList("kubernetes.nodes")).isNotEmpty();
    }

    /** Every scope has this one, but for Kubernetes, which isn't asked. */
    private static Map<String, @Nullable String> statuses(String status) {
        Map<String, @Nullable String> statuses = new HashMap<>();
        List.of("api", "database", "replication", "observation").forEach(scope -> statuses.put(scope, status));
        statuses.put("kubernetes", null);
        return statuses;
    }

    @Test
    void kubernetesHasAStatusWhereItIsAsked() {
        JsonPath status = status(Scene.KUBERNETES_SOUND);

        assertThat(status.getString("status.kubernetes")).isEqualTo("UP");
        assertThat(status.getString("kubernetes.operator.currentPrimary")).isEqualTo("pg-1");
        assertThat(status.getList("kubernetes.nodes.ready")).containsExactly("TRUE", "TRUE", "TRUE");
    }

    @Test
    void aSteadyClusterIsUp() {
        JsonPath status = status(Scene.STEADY);

        assertThat(status.getString("verdict")).isEqualTo("UP");
        assertThat(status.getMap("status")).isEqualTo(statuses("UP"));
        assertThat(status.getList("findings")).isEmpty();
        assertThat(status.getInt("api.liveness.httpStatus")).isEqualTo(200);
        assertThat(status.getString("writeEndpoint.routedTo")).isEqualTo("pg-1");
        assertThat(status.getList("cluster.primaries")).containsExactly("pg-1");
        assertThat(status.getString("cluster.members[0].position")).isEqualTo("16/B374D848");
        assertThat(status.getInt("cluster.members[1].replication.lagBytes")).isZero();
        assertThat(status.getInt("cluster.members[1].upstream.replayLagMs")).isEqualTo(3);
        assertThat(status.<Object>get("cluster.members[0].replication")).isNull();
    }

    @Test
    void anIdlePrimaryHasNoTimeLagAndIsUp() {
        JsonPath status = status(Scene.IDLE_PRIMARY);

        assertThat(status.getString("verdict")).isEqualTo("UP");
        assertThat(status.<Object>get("cluster.members[1].upstream.replayLagMs"))
                .isNull();
        assertThat(status.getInt("cluster.members[1].replication.streamSilenceMs"))
                .isEqualTo(28_500);
    }

    @Test
    void anApiThatIsDownHasItsFailure() {
        JsonPath status = status(Scene.API_DOWN);

        assertThat(status.getString("status.api")).isEqualTo("DOWN");
        assertThat(status.getMap("api.liveness.failure"))
                .isEqualTo(Map.of("kind", "refused", "detail", "10.0.0.1:5432"));
        assertThat(status.<Object>get("api.liveness.httpStatus")).isNull();
    }

    @Test
    void aWritePathThatIsDownHasItsReasonsBeforeAndAfterTheGrace() {
        JsonPath within = status(Scene.WRITE_PATH_DOWN_WITHIN_GRACE);
        assertThat(within.getBoolean("readiness.ready")).isTrue();
        assertThat(within.getString("status.database")).isEqualTo("DOWN");
        assertThat(within.<Object>get("writeEndpoint.writable")).isNull();

        JsonPath after = status(Scene.WRITE_PATH_DOWN_AFTER_GRACE);
        assertThat(after.getBoolean("readiness.ready")).isFalse();
        assertThat(after.getList("readiness.reasons"))
                .contains("write path down for 37.0 s; allowed by policy degrade: 30.0 s");
    }

    @Test
    void aStaleSnapshotIsUnknownWhateverItSaid() {
        JsonPath status = status(Scene.STALE);

        assertThat(status.getBoolean("stale")).isTrue();
        assertThat(status.getInt("ageMs")).isEqualTo(5001);
        assertThat(status.getString("verdict")).isEqualTo("UNKNOWN");
        assertThat(status.getMap("status")).isEqualTo(statuses("UNKNOWN"));
        assertThat(status.getBoolean("readiness.ready")).isFalse();
        assertThat(status.getList("readiness.reasons")).containsExactly("snapshot is 5001 ms old; allowed: 5000 ms");
    }

    @Test
    void theLagOfAStandbyThatIsNotSeenIsNull() {
        JsonPath status = status(Scene.STANDBYS_UNKNOWN);

        assertThat(status.<Object>get("cluster.members[1].replication.lagBytes"))
                .isNull();
        assertThat(status.<Object>get("cluster.members[2].replication")).isNull();
        assertThat(status.getString("cluster.members[2].failure.kind")).isEqualTo("timed_out");
    }

    @Test
    void aFindingHasMeasuredAllowedSubjectAndSince() {
        Scene.LAGGING.play(stage);

        List<Map<String, Object>> findings = get("/status").jsonPath().getList("findings");

        assertThat(findings)
                .anySatisfy(finding -> assertThat(finding)
                        .containsAllEntriesOf(Map.of(
                                "kind", "standby_lagging",
                                "title", "Standby lagging",
                                "scope", "replication",
                                "impact", "DEGRADED",
                                "subject", "pg-2",
                                "measured", "48.0 MiB left to replay",
                                "allowed", "16.0 MiB",
                                "runbook", "StateHubReplicationLagBytes",
                                "since", stage.now().wallClock().minusSeconds(2).toString()))
                        .containsEntry("consequenceOf", null));
    }

    @Test
    void theOngoingFailoverAndTheLastOneCanBeLookedUp() {
        JsonPath running = status(Scene.PRIMARY_GONE);
        assertThat(running.getString("failover.state")).isEqualTo("failing_over");
        assertThat(running.getMap("failover.leader")).isEqualTo(Map.of("member", "pg-1", "timeline", 7));
        assertThat(running.<Object>get("failover.lastChangeOfPrimary")).isNull();
        assertThat(get("/failovers/" + running.getString("failover.incident")).statusCode())
                .isEqualTo(200);

        JsonPath ended = status(Scene.TAKEN_OVER_WITH_LOSS);
        assertThat(ended.getString("failover.state")).isEqualTo("stable");
        assertThat(ended.getMap("failover.leader")).isEqualTo(Map.of("member", "pg-2", "timeline", 8));
        assertThat(ended.<Object>get("failover.incident")).isNull();
        assertThat(get("/failovers/" + ended.getString("failover.lastChangeOfPrimary"))
                        .jsonPath()
                        .getString("outcome"))
                .isEqualTo("failover");
    }

    @Test
    void aBlipIsNoChangeOfPrimary() {
        assertThat(status(Scene.BLIP).<Object>get("failover.lastChangeOfPrimary"))
                .isNull();
    }

    @Test
    void heartbeatsAreCountedByWhatBecameOfThem() {
        assertThat(status(Scene.HEARTBEATS).getMap("heartbeat"))
                .containsEntry("lastOutcome", "acked")
                .containsEntry("failure", null)
                .containsEntry("acked", 3)
                .containsEntry("failed", 0)
                .containsEntry("ambiguous", 0);
        JsonPath running = status(Scene.PRIMARY_GONE);
        assertThat(running.getString("heartbeat.lastOutcome")).isEqualTo("failed");
        assertThat(running.getMap("heartbeat.failure")).isEqualTo(Map.of("kind", "refused", "detail", "by the script"));
        assertThat(running.getInt("heartbeat.failed")).isEqualTo(5);
        assertThat(status(Scene.TAKEN_OVER_WITH_LOSS).getInt("heartbeat.ambiguous"))
                .isEqualTo(1);
    }

    @Test
    void aHeartbeatThatIsTooOldSaysNothing() {
        Scene.PRIMARY_GONE.play(stage);
        stage.pass(Duration.ofMillis(5001));
        stage.look(Members.GONE);

        JsonPath status = get("/status").jsonPath();

        assertThat(status.<Object>get("heartbeat.lastOutcome")).isNull();
        assertThat(status.<Object>get("heartbeat.failure")).isNull();
        assertThat(status.getInt("heartbeat.failed")).isEqualTo(5);
    }
}
