package io.statehub.sidecar.testing.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("thorough")
@Timeout(240)
class StandInApiTest {

    private final StandInApi api = StandInApi.start("jdbc:postgresql://127.0.0.1:%d/none".formatted(FreePorts.next()));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void healthNeedsNoDatabaseButTheSummaryDoes() throws Exception {
        assertThat(get(StandInApi.HEALTH_PATH).statusCode()).isEqualTo(200);
        HttpResponse<String> summary = get(StandInApi.SUMMARY_PATH);
        assertThat(summary.statusCode()).isEqualTo(503);
        assertThat(summary.body()).contains("unavailable").contains("08001");
        assertThat(api.served()).isEqualTo(2);
    }

    @Test
    void modesAnswerWrongInTheirOwnWay() throws Exception {
        api.become(StandInApi.Mode.FAIL);
        assertThat(get(StandInApi.HEALTH_PATH).statusCode()).isEqualTo(500);
        api.become(StandInApi.Mode.LIE);
        assertThat(get(StandInApi.SUMMARY_PATH).body()).contains("entries");
        api.become(StandInApi.Mode.GARBAGE);
        assertThat(get(StandInApi.SUMMARY_PATH).body()).doesNotEndWith("}");
        api.become(StandInApi.Mode.REDIRECT);
        assertThat(get(StandInApi.SUMMARY_PATH).statusCode()).isEqualTo(302);
        api.become(StandInApi.Mode.HUGE);
        assertThat(get(StandInApi.SUMMARY_PATH).body().length()).isGreaterThan(100_000_000);
    }

    @Test
    void resetEndsTheConnectionWithoutAnAnswer() {
        api.become(StandInApi.Mode.RESET);
        assertThatThrownBy(() -> get(StandInApi.HEALTH_PATH))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void hangingRequestIsAnsweredWhenTheModeChanges() throws Exception {
        api.become(StandInApi.Mode.HANG);
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request(StandInApi.HEALTH_PATH).build(), HttpResponse.BodyHandlers.ofString());
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> api.served() == 1);
        assertThat(answer).isNotDone();
        api.become(StandInApi.Mode.OK);
        assertThat(answer.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void requiredTokenIsRequired() throws Exception {
        api.requireToken("secret");
        assertThat(get(StandInApi.HEALTH_PATH).statusCode()).isEqualTo(401);
        HttpRequest request = request(StandInApi.HEALTH_PATH)
                .header("Authorization", "Bearer secret")
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void certificateOfTheLabIsTrustedOnlyThroughItsAuthority(@TempDir Path directory) throws Exception {
        LabCertificates certificates = LabCertificates.createIn(directory);
        try (StandInApi secure = StandInApi.startWithTls("jdbc:postgresql://127.0.0.1:1/none", certificates)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(secure.url() + StandInApi.HEALTH_PATH))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
            HttpClient trusting = HttpClient.newBuilder()
                    .sslContext(certificates.clientContext())
                    .build();
            assertThat(trusting.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(api.url() + path)).timeout(Duration.ofSeconds(10));
    }
}
