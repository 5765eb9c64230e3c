package io.statehub.sidecar.testing.prometheus;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.statehub.sidecar.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real Alertmanager that notifies nobody. */
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

    public static Alertmanager start(Path directory) {
        try {
            Path configuration = Files.writeString(
                    Files.createDirectories(directory).resolve("alertmanager.yml"),
                    "route: {receiver: nobody, group_wait: 0s}\nreceivers: [{name: nobody}]\n");
            return new Alertmanager(Server.start(
                    PROGRAM,
                    directory,
                    port -> List.of(
                            "--config.file=" + configuration,
                            "--storage.path=" + directory.resolve("alerts"),
                            "--cluster.listen-address=",
                            "--web.listen-address=127.0.0.1:" + port)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.port();
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
