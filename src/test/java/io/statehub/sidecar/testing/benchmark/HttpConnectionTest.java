package io.statehub.sidecar.testing.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HttpConnectionTest {

    private static final int BYTES = 100_000;

    private final HttpServer server;

    HttpConnectionTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        serve("/sized", 503, BYTES);
        // Zero means chunks to this server.
        serve("/chunked", 200, 0);
        server.start();
    }

    private void serve(String path, int status, int length) {
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status, length);
                exchange.getResponseBody().write(new byte[BYTES]);
            }
        });
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void sizedAndChunkedAnswersAreReadOneAfterTheOtherOnOneConnection() throws IOException {
        try (HttpConnection connection = new HttpConnection(server.getAddress().getPort())) {
            for (int round = 0; round < 3; round++) {
                assertThat(connection.get("/sized")).isEqualTo(new HttpConnection.Answer(503, BYTES));
                assertThat(connection.get("/chunked")).isEqualTo(new HttpConnection.Answer(200, BYTES));
            }
        }
    }
}
