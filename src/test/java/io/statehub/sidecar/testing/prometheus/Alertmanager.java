package io.statehub.sidecar.testing.prometheus;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.statehub.sidecar.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real Alertmanager. */
public final class Alertmanager implements AutoCloseable {

    private static final String PROGRAM = "prometheus-alertmanager";

    private final Server server;

    private Alertmanager(Server server) {
        this.server = server;
    }

    /** Demands the program. */
    public static void require() {
        Program.require(PROGRAM);
    }

    /** One with the text of a configuration; {@code directory} takes both that and what it stores. */
    public static Alertmanager start(Path directory, String configuration) {
        try {
            return start(
                    directory,
                    Files.writeString(Files.createDirectories(directory).resolve("alertmanager.yml"), configuration));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One with this configuration; {@code directory} takes what it stores. */
    public static Alertmanager start(Path directory, Path configuration) {
        return new Alertmanager(Server.start(
                PROGRAM,
                directory,
                port -> List.of(
                        "--config.file=" + configuration,
                        "--storage.path=" + directory.resolve("alerts"),
                        "--cluster.listen-address=",
                        "--web.listen-address=127.0.0.1:" + port)));
    }

    int port() {
        return server.port();
    }

    /** Tells it that these alerts fire, each as its labels. */
    public void fire(List<Map<String, String>> alerts) {
        RestAssured.given()
                .contentType("application/json")
                .body(alerts.stream().map(labels -> Map.of("labels", labels)).toList())
                .post(server.url("/api/v2/alerts"))
                .then()
                .statusCode(200);
    }

    /** The names of the alerts on a cluster that it would notify of: those that no other one inhibits. */
    public List<String> notified(String cluster) {
        return RestAssured.given()
                .queryParam("inhibited", "false")
                .queryParam("filter", "cluster=\"" + cluster + "\"")
                .get(server.url("/api/v2/alerts"))
                .jsonPath()
                .getList("labels.alertname");
    }

    /** The alerts of this name that it holds for active. */
    public JsonPath active(String alert) {
        return RestAssured.given()
                .queryParam("filter", "alertname=\"" + alert + "\"")
                .get(server.url("/api/v2/alerts"))
                .jsonPath();
    }

    @Override
    public void close() {
        server.close();
    }
}
