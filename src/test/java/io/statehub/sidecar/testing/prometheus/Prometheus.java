package io.statehub.sidecar.testing.prometheus;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.statehub.sidecar.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A real Prometheus that looks each second. */
public final class Prometheus implements AutoCloseable {

    private static final String PROGRAM = "prometheus";

    private final Server server;

    private Prometheus(Server server) {
        this.server = server;
    }

    /** Demands the program. */
    public static void require() {
        Program.require(PROGRAM);
    }

    /**
     * Starts one.
     *
     * @param rules the text of a rules file
     * @param targets ports of loopback, by the label {@code pod} that their series get
     * @param labels what all of them get
     */
    public static Prometheus start(
            Path directory,
            String rules,
            Map<String, Integer> targets,
            Map<String, String> labels,
            Alertmanager alertmanager) {
        StringBuilder configuration = new StringBuilder("""
                global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
                rule_files: [rules.yml]
                scrape_configs:
                  - job_name: sidecars
                    static_configs:
                """);
        targets.forEach((pod, port) -> {
            Map<String, String> all = new TreeMap<>(labels);
            all.put("pod", pod);
            configuration.append("      - {targets: ['127.0.0.1:%d'], labels: {".formatted(port));
            all.forEach((name, value) -> configuration.append("%s: '%s', ".formatted(name, value)));
            configuration.append("}}\n");
        });
        configuration.append("alerting: {alertmanagers: [{static_configs: [{targets: ['127.0.0.1:%d']}]}]}\n"
                .formatted(alertmanager.port()));
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("rules.yml"), rules);
            Path file = Files.writeString(directory.resolve("prometheus.yml"), configuration);
            return new Prometheus(Server.start(
                    PROGRAM,
                    directory,
                    port -> List.of(
                            "--config.file=" + file,
                            "--storage.tsdb.path=" + directory.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its API is. */
    public String url() {
        return server.url("");
    }

    private JsonPath ask(String path, RequestSpecification request) {
        Response answer = request.get(server.url(path));
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.asString());
        }
        return answer.jsonPath();
    }

    /** The series that an expression has now. */
    public List<Map<String, Object>> now(String expression) {
        return ask("/api/v1/query", RestAssured.given().queryParam("query", expression))
                .getList("data.result");
    }

    /** The series that an expression had at any second since then. */
    public List<Map<String, Object>> since(Instant begin, String expression) {
        return ask(
                        "/api/v1/query_range",
                        RestAssured.given()
                                .queryParam("query", expression)
                                .queryParam("start", begin.getEpochSecond())
                                .queryParam("end", Instant.now().getEpochSecond())
                                .queryParam("step", Duration.ofSeconds(1).toSeconds()))
                .getList("data.result");
    }

    @Override
    public void close() {
        server.close();
    }
}
