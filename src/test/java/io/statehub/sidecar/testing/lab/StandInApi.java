package io.statehub.sidecar.testing.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A State Hub in small: its own health, a summary that really reads the database, and the ways in which an API goes
 * wrong.
 */
public final class StandInApi implements AutoCloseable {

    public enum Mode {
        OK,
        /** Answers 500. */
        FAIL,
        /** Answers nothing until the mode changes; the requests of that time then get the new mode's answer. */
        HANG,
        /** Answers 200 with a body of 100 MB. */
        HUGE,
        /** Answers 200 with a summary that nobody read from the database. */
        LIE,
        /** Answers 200 with JSON that ends too early. */
        GARBAGE,
        REDIRECT,
        /** Ends the connection without an answer. */
        RESET
    }

    public static final String HEALTH_PATH = "/state/health";
    public static final String SUMMARY_PATH = "/state/summary";

    private static final int MOST_REQUESTS_AT_ONCE = 16;
    private static final int MOST_WAITING = 64;
    private static final int HUGE_CHUNKS = 1600;
    private static final byte[] CHUNK = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);

    private final HttpServer server;
    private final boolean tls;
    private final StateSummary summary;
    private final ExecutorService executor;
    private final AtomicLong served = new AtomicLong();
    private final Object modeChanged = new Object();
    private volatile Mode mode = Mode.OK;
    private volatile @Nullable String requiredToken;

    private StandInApi(HttpServer server, boolean tls, String jdbcUrl) {
        this.server = server;
        this.tls = tls;
        this.summary = new StateSummary(jdbcUrl);
        AtomicInteger number = new AtomicInteger();
        this.executor = new ThreadPoolExecutor(
                MOST_REQUESTS_AT_ONCE,
                MOST_REQUESTS_AT_ONCE,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                task -> {
                    Thread thread = new Thread(task, "api-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        server.createContext("/", this::handle);
        server.setExecutor(executor);
        server.start();
    }

    /** Starts on a free loopback port; the summary is read through the JDBC URL as {@link LabRoles#APPLICATION}. */
    public static StandInApi start(String jdbcUrl) {
        try {
            return new StandInApi(HttpServer.create(address(), 0), false, jdbcUrl);
        } catch (IOException failure) {
            throw new LabException("cannot start the stand-in API", failure);
        }
    }

    public static StandInApi startWithTls(String jdbcUrl, LabCertificates certificates) {
        try {
            HttpsServer server = HttpsServer.create(address(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(certificates.serverContext()));
            return new StandInApi(server, true, jdbcUrl);
        } catch (IOException failure) {
            throw new LabException("cannot start the stand-in API", failure);
        }
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next());
    }

    public String url() {
        return "%s://127.0.0.1:%d".formatted(tls ? "https" : "http", port());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public Mode mode() {
        return mode;
    }

    public void become(Mode next) {
        synchronized (modeChanged) {
            mode = next;
            modeChanged.notifyAll();
        }
    }

    /** From now on answers 401 to whoever does not bring this token; null: to nobody. */
    public void requireToken(@Nullable String token) {
        requiredToken = token;
    }

    /** How many requests have come so far, answered or not. */
    public long served() {
        return served.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            served.incrementAndGet();
            Mode current = awaitNoHang();
            if (!isAuthorised(exchange)) {
                answer(exchange, 401, "{\"status\":\"unauthorized\"}");
                return;
            }
            switch (current) {
                case OK -> serve(exchange);
                case FAIL -> answer(exchange, 500, "{\"status\":\"error\"}");
                case HANG, RESET -> {
                    // Closing an exchange without a status line ends the connection.
                }
                case HUGE -> answerHuge(exchange);
                case LIE ->
                    answer(exchange, 200, "{\"status\":\"ok\",\"entries\":42,\"latest\":\"2026-01-01T00:00:00Z\"}");
                case GARBAGE -> answer(exchange, 200, "{\"status\":\"ok\",\"entries\":");
                case REDIRECT -> {
                    exchange.getResponseHeaders().set("Location", "/elsewhere");
                    answer(exchange, 302, "");
                }
            }
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case HEALTH_PATH -> answer(exchange, 200, "{\"status\":\"ok\"}");
            case SUMMARY_PATH -> {
                StateSummary.Answer answer = summary.read();
                answer(exchange, answer.status(), answer.json());
            }
            default -> answer(exchange, 404, "{\"status\":\"not found\"}");
        }
    }

    private Mode awaitNoHang() {
        synchronized (modeChanged) {
            try {
                while (mode == Mode.HANG) {
                    modeChanged.wait();
                }
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
            return mode;
        }
    }

    private boolean isAuthorised(HttpExchange exchange) {
        String token = requiredToken;
        return token == null
                || ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void answerHuge(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        body.write("{\"status\":\"ok\",\"padding\":\"".getBytes(StandardCharsets.US_ASCII));
        for (int chunk = 0; chunk < HUGE_CHUNKS; chunk++) {
            body.write(CHUNK);
        }
        body.write("\"}".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
