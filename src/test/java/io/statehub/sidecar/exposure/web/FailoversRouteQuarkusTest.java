package io.statehub.sidecar.exposure.web;

import static io.restassured.RestAssured.get;
import static java.nio.charset.StandardCharsets.US_ASCII;
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
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(StagedProfile.class)
class FailoversRouteQuarkusTest {

    @Inject
    Stage stage;

    private JsonPath failovers(Scene scene) {
        scene.play(stage);
        return get("/failovers").jsonPath();
    }

    /** The path is taken as it is, with what is encoded in it. */
    private static Response raw(String path) {
        return RestAssured.given().urlEncodingEnabled(false).get(path);
    }

    @Test
    void theAnswerIsJsonThatNobodyStores() {
        Scene.HEARTBEATS.play(stage);

        Response answer = get("/failovers");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void onlyGetIsAnswered() {
        assertThat(RestAssured.post("/failovers").statusCode()).isEqualTo(405);
        assertThat(RestAssured.delete("/failovers/some").statusCode()).isEqualTo(405);
    }

    @Test
    void beforeAPrimaryWasSeenNothingIsKnown() {
        JsonPath answer = failovers(Scene.NOTHING_OBSERVED);

        assertThat(answer.getString("state")).isEqualTo("unknown");
        assertThat(answer.<Object>get("leader")).isNull();
        assertThat(answer.<Object>get("current")).isNull();
        assertThat(answer.getList("failovers")).isEmpty();
        assertThat(answer.<Object>get("next")).isNull();
    }

    @Test
    void aStablePrimaryLeads() {
        JsonPath answer = failovers(Scene.HEARTBEATS);

        assertThat(answer.getString("state")).isEqualTo("stable");
        assertThat(answer.getMap("leader")).isEqualTo(Map.of("member", "pg-1", "timeline", 7));
        assertThat(answer.<Object>get("current")).isNull();
        assertThat(answer.getBoolean("stale")).isFalse();
    }

    @Test
    void aSnapshotThatIsTooOldSaysSo() {
        Scene.HEARTBEATS.play(stage);
        stage.pass(Duration.ofMillis(5001));

        assertThat(get("/failovers").jsonPath().getBoolean("stale")).isTrue();
    }

    /** Beats: acked at 0, failed at 1 to 5 seconds. Looks half a second before each: lost at the third. */
    @Test
    void anOngoingFailoverShowsWhatItHasCostSoFar() {
        JsonPath current = failovers(Scene.PRIMARY_GONE);
        current.setRootPath("current");

        assertThat(current.getString("outcome")).isEqualTo("in_progress");
        assertThat(current.<Object>get("endedAt")).isNull();
        assertThat(current.<Object>get("newPrimary")).isNull();
        assertThat(current.<Object>get("objectives")).isNull();
        assertThat(current.getMap("outages.write"))
                .isEqualTo(Map.of("count", 1, "lowerMs", 3997, "upperMs", 5003, "open", true));
        assertThat(current.getInt("outages.read.count")).isZero();
        assertThat(current.getInt("outages.read.lowerMs")).isZero();
        assertThat(current.<Object>get("outages.read.upperMs"))
                .as("one between two attempts would not be seen")
                .isNull();
        assertThat(current.getInt("outages.api.count")).isEqualTo(1);
        assertThat(current.getBoolean("outages.api.open")).isTrue();
        assertThat(current.getInt("phases.detection.lowerMs")).isEqualTo(2000);
        assertThat(current.getInt("phases.detection.upperMs")).isEqualTo(3003);
        assertThat(current.getInt("phases.promotion.lowerMs"))
                .as("from the third look's end to the fifth's begin")
                .isEqualTo(1997);
        assertThat(current.<Object>get("phases.promotion.upperMs")).isNull();
        assertThat(current.<Object>get("phases.promotion.closed")).isNull();
        assertThat(current.<Object>get("phases.routing")).isNull();
    }

    @Test
    void whatWasNotJudgedYetIsNotZero() {
        JsonPath current = failovers(Scene.PRIMARY_GONE);

        assertThat(current.getMap("current.loss").values()).containsOnlyNulls().hasSize(8);
    }

    @Test
    void aServiceThatWasNeverTriedHasNoFigures() {
        JsonPath answer = failovers(Scene.MEMBERS_ALONE);

        assertThat(answer.<Object>get("current.outages.write")).isNull();
        assertThat(answer.<Object>get("current.outages.api")).isNull();
        assertThat(answer.getInt("current.outages.read.count")).isZero();
    }

    @Test
    void anOutageThatWasThereFromTheStartHasNoUpperBound() {
        JsonPath answer = failovers(Scene.API_NEVER_SEEN_TO_WORK);

        assertThat(answer.getInt("current.outages.api.lowerMs")).isEqualTo(497);
        assertThat(answer.<Object>get("current.outages.api.upperMs")).isNull();
    }

    /** Beats half a second after each look: the last acked at 0, none at 1 to 3, and again at 4 seconds. */
    @Test
    void aFailoverThatEndedHasItsMeasure() {
        JsonPath ended = failovers(Scene.TAKEN_OVER_WITH_LOSS);
        ended.setRootPath("failovers[0]");

        assertThat(ended.getString("outcome")).isEqualTo("failover");
        assertThat(ended.getString("endedAt")).isEqualTo(stage.now().wallClock().toString());
        assertThat(ended.getString("evidence")).contains("standbys stream");
        assertThat(ended.getMap("oldPrimary"))
                .isEqualTo(Map.of("member", "pg-1", "timeline", 7, "systemIdentifier", "7500000000000000001"));
        assertThat(ended.getMap("newPrimary"))
                .isEqualTo(Map.of("member", "pg-2", "timeline", 8, "systemIdentifier", "7500000000000000001"));
        assertThat(ended.getInt("redundancyBefore")).isEqualTo(2);
        assertThat(ended.getMap("outages.write"))
                .isEqualTo(Map.of("count", 1, "lowerMs", 1997, "upperMs", 4003, "open", false));
        assertThat(ended.getInt("loss.rows")).isEqualTo(2);
        assertThat(ended.getInt("loss.rowsAtLeast")).isEqualTo(2);
        assertThat(ended.getInt("loss.rowsAtMost")).isEqualTo(2);
        assertThat(ended.getInt("loss.ambiguousRows")).isEqualTo(1);
        assertThat(ended.getInt("loss.lostMsAtLeast")).isEqualTo(1997);
        assertThat(ended.getInt("loss.lostMsAtMost")).isEqualTo(2003);
        assertThat(ended.getMap("objectives")).isEqualTo(Map.of("rto", "met", "rpo", "missed"));
        assertThat(ended.getList("promotions.member")).containsExactly("pg-2");
        assertThat(ended.getList("promotions.timeline")).containsExactly(8);
    }

    @Test
    void milestonesStandInTheOrderInWhichTheyHappened() {
        JsonPath answer = failovers(Scene.TAKEN_OVER_WITH_LOSS);

        assertThat(answer.<String>getList("failovers[0].milestones.kind"))
                .containsExactly(
                        "primary_suspect", "primary_lost", "promoted", "routed", "redundant", "old_primary_rejoined");
        assertThat(answer.<String>getList("failovers[0].milestones.latest"))
                .isSortedAccordingTo(Comparator.comparing(Instant::parse));
    }

    @Test
    void rowsAreNoNumberIfMoreMayBeLostThanIsRemembered() {
        JsonPath loss = failovers(Scene.TAKEN_OVER_WITH_MORE_LOST_THAN_REMEMBERED);
        loss.setRootPath("failovers[0].loss");

        assertThat(loss.<Object>get("rows")).isNull();
        assertThat(loss.getInt("rowsAtLeast"))
                .as("all but the one that the new primary took")
                .isEqualTo(1023);
        assertThat(loss.<Object>get("rowsAtMost")).isNull();
        assertThat(loss.<Object>get("lostMsAtMost")).isNull();
    }

    @Test
    void aPhaseThatNeverClosedIsNullOnceTheIncidentEnded() {
        JsonPath answer = failovers(Scene.BLIP);

        assertThat(answer.getString("failovers[0].outcome")).isEqualTo("blip");
        assertThat(answer.getMap("failovers[0].phases").values())
                .containsOnlyNulls()
                .hasSize(4);
    }

    @Test
    void oneIncidentIsAnsweredAsInTheListWhetherItEndedOrNot() {
        JsonPath running = failovers(Scene.PRIMARY_GONE);
        assertThat(get("/failovers/" + running.getString("current.id"))
                        .jsonPath()
                        .getMap(""))
                .isEqualTo(running.getMap("current"));

        JsonPath ended = failovers(Scene.TAKEN_OVER_WITH_LOSS);
        assertThat(get("/failovers/" + ended.getString("failovers[0].id"))
                        .jsonPath()
                        .getMap(""))
                .isEqualTo(ended.getMap("failovers[0]"));
    }

    @Test
    void pagesLeadToEveryIncidentOnceTheNewestFirst() {
        Scene.MANY_BLIPS.play(stage);
        List<String> started = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String next = "/failovers?limit=10";
        while (next != null) {
            assertThat(sizes).hasSizeLessThan(3);
            JsonPath page = get(next).jsonPath();
            started.addAll(page.getList("failovers.startedAt"));
            sizes.add(page.getList("failovers").size());
            next = page.getString("next");
        }

        assertThat(sizes).containsExactly(10, 10, 5);
        assertThat(started)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(
                        Comparator.comparing((String at) -> Instant.parse(at)).reversed());
    }

    @Test
    void aPageHasTwentyIncidentsUnlessToldOtherwise() {
        JsonPath page = failovers(Scene.MANY_BLIPS);

        assertThat(page.getList("failovers")).hasSize(20);
        assertThat(page.getString("next"))
                .isEqualTo("/failovers?limit=20&before=" + page.getString("failovers[19].id"));
        assertThat(get("/failovers?limit=100").jsonPath().getList("failovers")).hasSize(25);
        assertThat(get("/failovers?limit=25").jsonPath().<Object>get("next")).isNull();
    }

    @Test
    void allThatEndedIsOlderThanWhatIsOngoing() {
        Scene.BLIP.play(stage);
        String blip = get("/failovers").jsonPath().getString("failovers[0].id");
        stage.look(Members.GONE);
        String current = get("/failovers").jsonPath().getString("current.id");

        assertThat(current).isNotNull().isNotEqualTo(blip);
        assertThat(get("/failovers?before=" + current).jsonPath().<String>getList("failovers.id"))
                .containsExactly(blip);
        assertThat(get("/failovers?before=" + blip).jsonPath().getList("failovers"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "ten", "", "99999999999", "1.5"})
    void aLimitThatIsNotAllowedIsRefused(String limit) {
        Scene.HEARTBEATS.play(stage);

        Response answer = raw("/failovers?limit=" + limit);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.jsonPath().getMap(""))
                .isEqualTo(Map.of("error", "limit of /failovers is \"" + limit + "\"; allowed: 1 to 100"));
    }

    @Test
    void aLimitThatIsGivenTwiceIsRefused() {
        Scene.HEARTBEATS.play(stage);

        assertThat(raw("/failovers?limit=1&limit=2").statusCode()).isEqualTo(400);
    }

    @Test
    void aQueryThatCannotBeDecodedIsRefused() throws IOException {
        Scene.HEARTBEATS.play(stage);

        String answer;
        // A client library refuses to send it.
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.getOutputStream().write("GET /failovers?limit=%zz HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
            answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }

        assertThat(answer).startsWith("HTTP/1.0 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/failovers/none", "/failovers?before=none"})
    void anIdThatIsNotKnownIsNotFound(String path) {
        Scene.BLIP.play(stage);

        Response answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.jsonPath().getString("error"))
                .endsWith("is \"none\"; allowed: an id of an incident under GET /failovers");
    }

    @Test
    void whatIsRefusedIsRepeatedAsTextAndOnlySoFar() {
        Scene.HEARTBEATS.play(stage);

        assertThat(raw("/failovers/%22%3Cb%3E").jsonPath().getString("error")).contains("\"\"<b>\"");
        assertThat(get("/failovers/" + "x".repeat(2000)).asString()).hasSizeLessThan(200);
    }
}
