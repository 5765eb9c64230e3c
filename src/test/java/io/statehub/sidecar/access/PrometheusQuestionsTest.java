package io.statehub.sidecar.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.statehub.sidecar.access.Chain.StepFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusQuestionsTest {

    private static final String SCRAPED = """
            {"status": "success", "data": {"resultType": "vector", "result": [
              {"metric": {"cluster": "state-hub-db"}, "value": [1796000000.1, "3"]},
              {"metric": {"cluster": "other-db"}, "value": [1796000000.1, "1"]}]}}
            """;
    private static final String NOBODY =
            "{\"status\": \"success\", \"data\": {\"resultType\": \"vector\", \"result\": []}}";
    private static final String RULES = """
            {"status": "success", "data": {"groups": [
              {"name": "node", "rules": [{"name": "NodeDown", "type": "alerting", "health": "ok"}]},
              {"name": "statehub", "rules": [
                {"name": "StateHubSidecarAbsent", "type": "alerting", "health": "HEALTH", "lastError": "many-to-many"},
                {"name": "StateHubApiDown", "type": "alerting", "health": "ok"}]}]}}
            """;

    private HttpServer server;
    private volatile String body = "";
    private volatile int status = 200;
    private volatile String asked = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked = exchange.getRequestURI().toString();
                byte[] bytes = body.getBytes(UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private PrometheusQuestions questions() {
        return new PrometheusQuestions(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/prometheus/"),
                Duration.ofSeconds(30));
    }

    @Test
    void whomItScrapesIsSaidByCluster() throws StepFailedException {
        body = SCRAPED;

        assertThat(questions().scraped(Optional.of("state-hub-db")))
                .isEqualTo("sidecars scraped: 1 of other-db, 3 of state-hub-db");
        assertThat(questions().scraped(Optional.empty())).contains("3 of state-hub-db");
        assertThat(asked).startsWith("/prometheus/api/v1/query?query=count");
    }

    @Test
    void nobodyScrapedOrOnlyThoseOfAnotherClusterFails() {
        body = NOBODY;
        assertThatThrownBy(() -> questions().scraped(Optional.empty()))
                .hasMessageContaining("no sidecar is scraped")
                .hasMessageContaining("PodMonitor");

        body = SCRAPED;
        assertThatThrownBy(() -> questions().scraped(Optional.of("third-db")))
                .hasMessage("sidecars are scraped, 1 of other-db, 3 of state-hub-db; allowed: at least 1 of third-db");
    }

    @Test
    void sidecarsWithoutTheLabelOfACLusterMayBeOurs() throws StepFailedException {
        body = SCRAPED.replace("{\"cluster\": \"state-hub-db\"}", "{}");

        assertThat(questions().scraped(Optional.of("state-hub-db"))).contains("3 without a label cluster");
    }

    @Test
    void ourRulesAreCounted() throws StepFailedException {
        body = RULES.replace("HEALTH", "ok");

        assertThat(questions().rules()).isEqualTo("alerts of ours: 2");
    }

    @Test
    void rulesThatAreMissingOrCanNotBeEvaluatedFail() {
        body = RULES.replace("StateHubSidecarAbsent", "Another");
        assertThatThrownBy(() -> questions().rules()).hasMessageContaining("it has 1 alerts of ours");

        body = RULES.replace("HEALTH", "err");
        assertThatThrownBy(() -> questions().rules())
                .hasMessage("StateHubSidecarAbsent can't be evaluated: many-to-many");
    }

    @ParameterizedTest
    @CsvSource({
        "404, {}, unexpected HTTP status (HTTP 404",
        "302, {}, unexpected HTTP status (HTTP 302",
        "200, <html>, unexpected body",
        "200, {}, unexpected body",
        "200, '[]', unexpected body",
        "200, '{\"data\": {\"result\": 3}}', unexpected body",
        "200, '{\"data\": {\"result\": [{}]}}', unexpected body",
        "200, '{\"data\": {\"result\": [{\"metric\": {}, \"value\": [1]}]}}', unexpected body"
    })
    void whatIsNoPrometheusIsSaidToBeNone(int code, String answer, String reason) {
        status = code;
        body = answer;

        assertThatThrownBy(() -> questions().scraped(Optional.empty()))
                .isInstanceOf(StepFailedException.class)
                .hasMessageStartingWith(reason);
    }
}
