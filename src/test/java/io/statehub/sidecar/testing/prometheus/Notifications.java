package io.statehub.sidecar.testing.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpServer;
import io.restassured.path.json.JsonPath;
import io.statehub.sidecar.testing.lab.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where notifications arrive: whoever is called at night, and writes down what for. */
public final class Notifications implements AutoCloseable {

    private final HttpServer server;
    private final List<String> arrived = new CopyOnWriteArrayList<>();

    /** Listens on a free port of loopback. */
    public Notifications() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            try (exchange) {
                note(JsonPath.from(new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
    }

    private void note(JsonPath notification) {
        notification.<Map<String, Object>>getList("alerts").stream()
                .filter(alert -> "firing".equals(alert.get("status")))
                .map(alert -> notification.getString("receiver") + ": "
                        + ((Map<?, ?>) requireNonNull(alert.get("labels"))).get("alertname"))
                .forEach(arrived::add);
    }

    /** What the configuration of an Alertmanager names as the address of a webhook. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** What was told of alerts that fire, in the order of arrival, as {@code pages: StateHubNoPrimary}. */
    public List<String> arrived() {
        return List.copyOf(arrived);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
