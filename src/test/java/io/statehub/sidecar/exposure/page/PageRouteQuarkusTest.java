package io.statehub.sidecar.exposure.page;

import static io.restassured.RestAssured.given;
import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.exposure.Scene;
import io.statehub.sidecar.exposure.StagedProfile;
import io.statehub.sidecar.snapshot.Stage;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@TestProfile(StagedProfile.class)
class PageRouteQuarkusTest {

    private static final int MOST_BYTES = 64_000;

    @Inject
    Stage stage;

    private String page(Scene scene) {
        scene.play(stage);
        return given().get("/").asString();
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void everySceneHasAPageThatIsSmallAndWhole(Scene scene) {
        String page = page(scene);

        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST_BYTES);
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("id=\"history\"")
                .endsWith("</html>\n");
    }

    /** As full as it gets: of each list the most, and texts as long as they come. */
    @Test
    void theFullestPageIsSmallToo() {
        String text = "x".repeat(200);
        PageView.Mark mark = new PageView.Mark("DEGRADED", Status.DEGRADED);
        String path = "M119 24v-24.0h1V24z".repeat(RecentHistory.SLOTS);
        PageView.Time time = new PageView.Time("2026-11-25T12:00:00.123456Z", "12:00:00");
        PageView view = new PageView(
                "1.0.0",
                time,
                "0.1 s",
                mark,
                text,
                nCopies(5, new PageView.Scoped("Replication", mark)),
                text,
                text,
                new PageView.Standing(
                        mark,
                        text,
                        1,
                        "0:00",
                        "state-hub-db-1 → state-hub-db-2",
                        "",
                        nCopies(7, new PageView.Line("Redundancy", "1000.0 to 1000.0 s"))),
                nCopies(
                        PageViews.MOST_FINDINGS,
                        new PageView.Row(
                                "standby_lagging",
                                false,
                                mark,
                                "Standby lagging",
                                text,
                                "https://github.com/example/state-hub-sidecar/blob/main/docs/runbooks"
                                        + "/StateHubNotRedundant.md",
                                "pg-1, pg-2, pg-3 and 44 more",
                                text,
                                text,
                                "1 min 3 s",
                                time,
                                List.of())),
                9,
                text,
                nCopies(
                        PageViews.MOST_MEMBERS,
                        new PageView.Member(
                                "state-hub-db-100",
                                mark,
                                "↳",
                                "standby, 1 min 3 s ago",
                                "1000.0 MiB",
                                "1000.0 to 1000.0 s",
                                "streaming, potential",
                                "1000",
                                "FFFFFFFF/FFFFFFFF",
                                true,
                                true)),
                70,
                nCopies(4, new PageView.Line("Restore verified", text)),
                nCopies(
                        Sparkline.MOST_STANDBYS + 1,
                        new Sparkline(
                                "Lag of state-hub-db-100", text, 120, "−1 h 0 min", "1 MiB", path, "", "M0 1h120")),
                nCopies(
                        Incidents.MOST,
                        new PageView.Past(
                                "id",
                                mark,
                                "switchover",
                                time,
                                "state-hub-db-1 → state-hub-db-2",
                                "1000.0 to 1000.0 s",
                                "at least 1000",
                                text,
                                "100.0",
                                "100.0",
                                "100.0")),
                "1000.0 s");

        String page = Templates.status(view, PageRoute.resource("page.css"), PageRoute.resource("page.js"))
                .render();

        assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST_BYTES);
    }

    @Test
    void nothingMayBeLoadedFromElsewhereAndNoScriptRunsButItsOwn() {
        Response answer = given().get("/");

        assertThat(answer.contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "style-src 'sha256-", "script-src 'sha256-", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http");
        assertThat(answer.asString().replaceAll("http://www.w3.org/2000/svg", ""))
                .doesNotContain("src=\"http", "url(", " style=", " onclick", "<link rel=\"stylesheet");
    }

    @Test
    void aSteadyClusterIsUpAndSaysWhoLeads() {
        assertThat(page(Scene.STEADY))
                .contains("<title>✓ UP – State Hub</title>", "This pod takes traffic.", "Writes go to pg-1.", "↳ pg-2");
    }

    @Test
    void aFindingStandsWithWhatWasMeasuredAndAllowed() {
        assertThat(page(Scene.LAGGING))
                .contains(
                        "Standby lagging",
                        "<td>48.0 MiB left to replay</td><td>16.0 MiB</td>",
                        "StateHubReplicationLagBytes.md");
    }

    @Test
    void anApiThatIsDownIsDown() {
        assertThat(page(Scene.API_DOWN)).contains("<title>✕ DOWN – State Hub</title>", "This pod takes no traffic:");
    }

    @Test
    void ofAStaleSnapshotNothingIsWell() {
        assertThat(page(Scene.STALE))
                .contains("<title>? UNKNOWN – State Hub</title>", "the sidecar itself stands still")
                .doesNotContain("API: UP", "> UP<", "<strong>stable");
    }

    @Test
    void anIncidentThatEndedLeadsToItsWholeRecord() {
        String page = page(Scene.FAILOVER_DONE_WITH_LOSS);

        String link = page.substring(page.indexOf("href=\"failovers/") + "href=\"".length());
        assertThat(given().get("/" + link.substring(0, link.indexOf('"'))).statusCode())
                .isEqualTo(200);
        assertThat(page).contains("failover</a>", "Writes out", "lost heartbeats");
    }

    @Test
    void beforeAnythingWasSeenNothingIsKnown() {
        assertThat(page(Scene.NOTHING_OBSERVED))
                .contains("<title>? UNKNOWN – State Hub</title>", "Not everything has been observed yet.", "unknown")
                .doesNotContain("<td>0 B</td>");
    }

    @Test
    void theTabShowsTheStatusByItsSignAndItsColour() {
        assertThat(page(Scene.STEADY)).contains("fill=&#39;%230b6b34&#39;", "%3E✓%3C/text");
        assertThat(page(Scene.API_DOWN)).contains("fill=&#39;%23b00020&#39;", "%3E✕%3C/text");
    }

    @Test
    void itSaysWhoseViewItIs() {
        assertThat(page(Scene.STEADY)).contains("As seen by ", ", on its own, every 1.0 s");
    }

    @Test
    void whatFollowsFromALostPrimaryStandsUnderIt() {
        String page = page(Scene.FAILOVER_RUNNING);

        assertThat(page.substring(page.indexOf("data-key=\"no_primary\"")))
                .contains("<tr class=\"below\"><th scope=\"row\"><details data-key=\"write_endpoint_down\">");
        assertThat(page.indexOf("id=\"standing\"")).isLessThan(page.indexOf("id=\"findings\""));
    }

    @Test
    void aMemberOutOfSightIsShownAsItWasSeenLast() {
        assertThat(page(Scene.FAILOVER_RUNNING))
                .containsPattern("<tr class=\"old\"><th scope=\"row\"> pg-1</th><td>primary, \\d+ s ago</td>");
    }

    @Test
    void ofManyMembersThoseThatAreDownAreShownFirstAndInTheirPlaces() {
        String page = page(Scene.MANY_MEMBERS);

        assertThat(page).contains(" pg-49<", "And 20 more").doesNotContain(" pg-48<");
        assertThat(page.indexOf(" pg-7<")).isBetween(page.indexOf(" pg-6<"), page.indexOf(" pg-8<"));
    }

    @Test
    void aStalePrimaryIsMarkedInItsRow() {
        assertThat(page(Scene.SPLIT_BRAIN)).contains("</span> stale primary</td>", "</span> one of 2 primaries</td>");
    }

    @Test
    void anIncidentIsAPageForABrowserAndJsonForAProgram() {
        String page = page(Scene.FAILOVER_DONE_WITH_LOSS);
        String link = page.substring(page.indexOf("href=\"failovers/2") + "href=\"".length());
        String address = "/" + link.substring(0, link.indexOf('"'));

        Response browser =
                given().accept("text/html,application/xhtml+xml,*/*;q=0.8").get(address);
        assertThat(browser.contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(browser.asString())
                .contains("failover: pg-1 → pg-2", "What happened", "<strong>promoted</strong>", "RPO missed:");
        assertThat(given().accept("*/*").get(address).contentType()).startsWith("application/json");
        assertThat(given().accept("text/html").get("/failovers/none").statusCode())
                .isEqualTo(404);
    }

    private static HttpURLConnection live() throws IOException {
        return (HttpURLConnection) URI.create("http://localhost:" + RestAssured.port + "/live")
                .toURL()
                .openConnection();
    }

    /** The lines of the first event, without what the protocol adds. */
    private static List<String> firstEvent(HttpURLConnection connection) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                assertThat(line).startsWith("data: ");
                lines.add(line.substring("data: ".length()));
            }
        }
        return lines;
    }

    @Test
    void anEventHasThePartsThatThePageHas() throws IOException {
        String page = page(Scene.STEADY);
        HttpURLConnection connection = live();

        assertThat(connection.getContentType()).isEqualTo("text/event-stream");
        assertThat(page.lines().toList()).containsSubsequence(firstEvent(connection));
    }

    @Test
    void viewersBeyondTheMostAreToldToAskOtherwise() throws IOException {
        List<HttpURLConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < PageRoute.MOST_VIEWERS; i++) {
                HttpURLConnection connection = live();
                connections.add(connection);
                assertThat(connection.getResponseCode()).isEqualTo(200);
            }
            Response refused = given().get("/live");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.asString()).contains("more than 20 viewers; GET /status");
        } finally {
            connections.forEach(HttpURLConnection::disconnect);
        }
    }
}
