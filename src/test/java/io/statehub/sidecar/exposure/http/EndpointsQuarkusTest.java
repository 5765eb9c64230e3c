package io.statehub.sidecar.exposure.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.statehub.sidecar.exposure.Scene;
import io.statehub.sidecar.exposure.StagedProfile;
import io.statehub.sidecar.snapshot.Stage;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is true of every endpoint. */
@QuarkusTest
@TestProfile(StagedProfile.class)
class EndpointsQuarkusTest {

    @Inject
    Stage stage;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/status",
                "/failovers",
                "/failovers/unknown",
                "/failovers?limit=0",
                "/metrics",
                "/q/health",
                "/q/health/live",
                "/q/health/ready",
                "/q/health/group/api",
                "/q/health/group/unknown",
                "/nowhere"
            })
    void everyAnswerHasTheHeadersThatKeepABrowserFromHarmAndHeadHasTheSame(String path) {
        Scene.STEADY.play(stage);

        Response get = given().get(path);
        Response head = given().head(path);

        for (Response answer : new Response[] {get, head}) {
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        }
        assertThat(head.statusCode()).isEqualTo(get.statusCode());
        assertThat(head.contentType()).isEqualTo(get.contentType());
        // A length may be left out (RFC 9110, section 9.3.2), and is by the library that answers for health.
        assertThat(head.header("Content-Length"))
                .isIn(path.startsWith("/q/health") ? null : get.header("Content-Length"), get.header("Content-Length"));
        assertThat(head.asString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/health/group/unknown",
                "/q/health/group/api/x",
                "/q/health/group/API",
                "/nowhere",
                "/status/x"
            })
    void whatThereIsNotIsNotFoundInOneLine(String path) {
        Response answer = given().get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.asString())
                .startsWith("{\"error\":\"there is no")
                .contains("allowed: ")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/status", "/failovers", "/metrics", "/live", "/q/health/live", "/nowhere"})
    void nothingCanBeChanged(String path) {
        for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"}) {
            Response answer = given().request(method, path);

            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/status", "/failovers", "/metrics"})
    void whoeverAsksForGzipGetsTheSameSmaller(String path) {
        Scene.STEADY.play(stage);
        String plain = given().config(noDecoding()).get(path).asString();

        Response compressed = given().header("Accept-Encoding", "gzip").get(path);
        Response raw =
                given().config(noDecoding()).header("Accept-Encoding", "gzip").get(path);

        assertThat(raw.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(raw.asByteArray()).hasSizeLessThan(plain.length());
        if (!path.equals("/metrics")) { // which tells of the process too
            assertThat(compressed.asString()).isEqualTo(plain);
        }
    }

    private static RestAssuredConfig noDecoding() {
        return RestAssuredConfig.config()
                .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders());
    }
}
