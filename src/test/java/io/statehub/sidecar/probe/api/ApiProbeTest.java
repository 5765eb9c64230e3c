package io.statehub.sidecar.probe.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.ApiObservation;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.time.Moment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the probe makes of whole answers. */
class ApiProbeTest {

    private static final int MEBIBYTE = 1024 * 1024;

    @Test
    void anExpectedStatusWithASoundBodyIsAnAnswer() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.always(Answers.OK));
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            ApiObservation observation = bench.observe();

            assertThat(observation).isInstanceOf(ApiObservation.Answered.class);
            assertThat(observation.target().label()).isEqualTo("api-liveness");
            assertThat(observation.took()).isPositive();
            assertThat(server.heads().element())
                    .startsWith("GET /state/health?key=hidden HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nhost: localhost:" + server.url().getPort() + "\r\n")
                    .containsIgnoringCase("\r\naccept: application/json, */*;q=0.5\r\n")
                    .containsIgnoringCase("\r\nuser-agent: state-hub-sidecar\r\n")
                    .doesNotContainIgnoringCase("authorization");
        }
    }

    @Test
    void readinessAsksForItsOwnPage() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.always(Answers.OK));
                ProbeBench bench = new ProbeBench(ApiCheck.READINESS, ApiSettingsFake.of(server.url()))) {
            bench.assertAnswers(200);

            assertThat(server.heads().element()).startsWith("GET /state/summary HTTP/1.1\r\n");
        }
    }

    @Test
    void anotherStatusIsBadAndShowsTheServersReasonWithoutControlCharacters() throws IOException {
        String answer =
                Answers.with("503 Service Unavailable", "", "database\u001b[31m\r\ngone\u202e" + "!".repeat(200));
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.always(answer));
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertFails(FailureKind.BAD_STATUS)
                    .startsWith("/state/health answered 503, allowed 200; body begins 'database [31m gone !!!")
                    .endsWith("!…'")
                    .doesNotContain("hidden");
        }
    }

    @Test
    void eachOfSeveralStatusesMayBeExpected() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(connection -> {
                    connection.readRequest();
                    connection.write("HTTP/1.1 204 No Content\r\nContent-Type: application/json\r\n\r\n");
                    connection.readRequest();
                    connection.write(Answers.with("500 Oops", "", ""));
                });
                ProbeBench bench =
                        new ProbeBench(ApiSettingsFake.of(server.url()).withExpectedStatus(404, 204, 200))) {
            bench.assertAnswers(204);
            bench.assertFails(FailureKind.BAD_STATUS).isEqualTo("/state/health answered 500, allowed 200, 204, 404");
        }
    }

    @Test
    void aRedirectIsNamedAndNotFollowed() throws IOException {
        String answer = Answers.with("302 Found", "Location: /login?" + "x".repeat(300) + "\r\n", "");
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.always(answer));
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertFails(FailureKind.REDIRECT)
                    .startsWith("/state/health answered 302, allowed 200; redirects to '/login?xxx")
                    .hasSizeLessThan(200);
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void jsonThatIsNotWellFormedIsABadBody() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.always(Answers.json("{\"status\": <html>")));
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertFails(FailureKind.BAD_BODY)
                    .startsWith("/state/health: body of 17 bytes is not well-formed JSON at line 1, column 1")
                    .endsWith("it begins '{\"status\": <html>'");
        }
    }

    @Test
    void otherTypesNeedNotBeJson() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.always(Answers.text("{all is well")));
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertAnswers(200);
        }
    }

    @Test
    void aBodyMustContainTheExpectedText() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(connection -> {
                    connection.readRequest();
                    connection.write(Answers.text("läuft gut"));
                    connection.readRequest();
                    connection.write(Answers.text("starting"));
                });
                ProbeBench bench =
                        new ProbeBench(ApiSettingsFake.of(server.url()).withExpectedBody("läuft"))) {
            bench.assertAnswers(200);
            bench.assertFails(FailureKind.BAD_BODY)
                    .isEqualTo("/state/health: body of 8 bytes lacks 'läuft'; it begins 'starting'");
        }
    }

    @Test
    void aBodyOfExactlyTheBoundIsFine() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.always(Answers.text("12345678")));
                ProbeBench bench =
                        new ProbeBench(ApiSettingsFake.of(server.url()).withMaxBodyBytes(8))) {
            bench.assertAnswers(200);
        }
    }

    @Test
    void aBodyAnnouncedAsTooLargeIsNotRead() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(connection -> {
                    connection.readRequest();
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n");
                    connection.awaitClientGone();
                });
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertFails(FailureKind.TOO_LARGE)
                    .isEqualTo("/state/health announces a body of 104857600 bytes, allowed 1048576");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "500 Oops"})
    void anEndlessBodyCostsNoMoreThanTheBound(String status) throws IOException {
        byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try (ScriptedServer server = ScriptedServer.plain(connection -> {
                    connection.readRequest();
                    connection.write("HTTP/1.1 " + status + "\r\nTransfer-Encoding: chunked\r\n\r\n");
                    while (true) {
                        connection.write(chunk);
                    }
                });
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            if (status.startsWith("2")) {
                bench.assertFails(FailureKind.TOO_LARGE)
                        .isEqualTo("/state/health sends a body of more than 1048576 bytes, allowed 1048576");
            } else {
                bench.assertFails(FailureKind.BAD_STATUS).contains("500").contains("'xxxx");
            }
            Eventually.assertThat(server::open).isZero();
            // The bound, and what the kernels' buffers on both sides take before the server notices.
            assertThat(server.bytesWritten()).isLessThan(8L * MEBIBYTE);
        }
    }

    @Test
    void headersHaveABoundToo() throws IOException {
        String answer = Answers.with("200 OK", "X-Long: " + "x".repeat(20_000) + "\r\n", "");
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.always(answer));
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertFails(FailureKind.TOO_LARGE).contains("8192");
        }
    }

    @Test
    void somethingOtherThanHttpIsUnexpected() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.always("220 mail.test ESMTP ready\r\n\r\n"));
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertFails(FailureKind.PROTOCOL).contains("gave no HTTP answer");
        }
    }

    @Test
    void theTokenIsReadForEachRequest(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "  first-token\n");
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.always(Answers.OK));
                ProbeBench bench =
                        new ProbeBench(ApiSettingsFake.of(server.url()).withTokenFile(file))) {
            bench.assertAnswers(200);
            Files.writeString(file, "second-token");
            bench.assertAnswers(200);
            Files.delete(file);
            bench.assertFails(FailureKind.CREDENTIAL_UNREADABLE).isEqualTo("bearer token: " + file + " does not exist");

            assertThat(server.heads()).hasSize(2);
            assertThat(server.heads().remove()).containsIgnoringCase("\r\nauthorization: Bearer first-token\r\n");
            assertThat(server.heads().remove()).containsIgnoringCase("\r\nauthorization: Bearer second-token\r\n");
        }
    }

    @Test
    void aTokenThatTheServerRepeatsStaysOutOfTheDetail(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "very-secret-token");
        String answer = Answers.with("401 Unauthorized", "", "no such token: very-secret-token");
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.always(answer));
                ProbeBench bench =
                        new ProbeBench(ApiSettingsFake.of(server.url()).withTokenFile(file))) {
            bench.assertFails(FailureKind.BAD_STATUS)
                    .contains("answered 401, allowed 200", "withheld")
                    .doesNotContain("very-secret");
        }
    }

    @Test
    void aRoundWithoutAnAnswerSaysHowLongItHasBeen() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.always(Answers.OK));
                ApiProbe probe = new ApiProbe(
                        ApiCheck.LIVENESS,
                        ApiSettingsFake.of(server.url()).withLivenessTimeout(Duration.ofSeconds(1)),
                        ProbeBench.VERTX)) {
            Moment at = new Moment(Instant.EPOCH, 7);

            ApiObservation skipped = probe.unanswered(at, Duration.ofMillis(1500), FailureKind.SKIPPED);

            assertThat(skipped.at()).isEqualTo(at);
            assertThat(skipped.took()).isEqualTo(Duration.ofMillis(1500));
            ProbeBench.assertFailed(skipped, FailureKind.SKIPPED)
                    .isEqualTo(
                            "/state/health: not asked, the previous request is still out after 1500 ms, allowed 1000");
            assertThat(server.accepted()).isZero();
        }
    }
}
