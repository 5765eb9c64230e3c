package io.statehub.sidecar.testing.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An API server that answers what a test says, in the ways in which real ones fail. */
public final class FailingApiServer implements AutoCloseable {

    /** How one kind of object is answered. */
    public interface Answer {
        void give(HttpExchange request) throws IOException;

        /** Whether it is given to whoever asks for a WebSocket too, as a refusal is. */
        default boolean refuses() {
            return false;
        }
    }

    /** A status as the API server writes it. */
    private record Refusal(int code, String reason) implements Answer {
        @Override
        public void give(HttpExchange request) throws IOException {
            send(request, code, """
                {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"%s","code":%d,"message":"the server \
                says %s"}
                """.formatted(reason, code, reason));
        }

        @Override
        public boolean refuses() {
            return true;
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> lists = new ConcurrentHashMap<>();
    private final Map<String, Answer> watches = new ConcurrentHashMap<>();
    private final Map<String, Answer> pages = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Begins with every kind unknown. */
    public FailingApiServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange request) throws IOException {
        String query = String.valueOf(request.getRequestURI().getQuery());
        String path = request.getRequestURI().getPath();
        String plural = path.substring(path.lastIndexOf('/') + 1);
        boolean watch = query.contains("watch=true");
        requests.add((watch ? "WATCH " : request.getRequestMethod() + " ") + plural);
        queries.add(query);
        try (request) {
            Answer whole = (watch ? watches : lists).getOrDefault(plural, status(404, "NotFound"));
            Answer answer = pages.entrySet().stream()
                    .filter(page -> query.contains("continue=" + page.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(whole);
            // The client asks for a WebSocket first; told that there is none, it takes a stream.
            if (request.getRequestHeaders().containsKey("Upgrade") && !answer.refuses()) {
                request.sendResponseHeaders(200, -1);
                return;
            }
            answer.give(request);
        }
    }

    /** Says how a kind, by its plural, is listed. */
    public FailingApiServer listing(String plural, Answer answer) {
        lists.put(plural, answer);
        return this;
    }

    /** Says how a list continues, of which a page had this token. */
    public FailingApiServer continuing(String token, Answer answer) {
        pages.put(token, answer);
        return this;
    }

    /** Says how a kind, by its plural, is watched. */
    public FailingApiServer watching(String plural, Answer answer) {
        watches.put(plural, answer);
        return this;
    }

    /** A status as the API server writes it. */
    public static Answer status(int code, String reason) {
        return new Refusal(code, reason);
    }

    /** A list of these objects, as JSON. */
    public static Answer list(String... items) {
        return page("", items);
    }

    /** A list that has more than these objects, which whoever has the token may ask for. */
    public static Answer page(String token, String... items) {
        return request -> send(request, 200, """
                {"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"10","continue":"%s"},"items":[%s]}
                """.formatted(token, String.join(",", items)));
    }

    /** Any text. */
    public static Answer text(String body) {
        return request -> send(request, 200, body);
    }

    /** One without an end; counts down when nobody reads it any more. */
    public static Answer endless(CountDownLatch unread) {
        byte[] item = "{\"kind\":\"Node\",\"apiVersion\":\"v1\"},".getBytes(UTF_8);
        return request -> {
            request.sendResponseHeaders(200, 0);
            OutputStream out = request.getResponseBody();
            try {
                out.write("{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[".getBytes(UTF_8));
                while (true) {
                    out.write(item);
                }
            } finally {
                unread.countDown();
            }
        };
    }

    /** Takes the request and says nothing. */
    public Answer silence() {
        return request -> await();
    }

    /** A stream that is open and has a bookmark in it, as quiet ones do, until this is closed. */
    public Answer open() {
        return openUntil(closing);
    }

    private static Answer bookmark() {
        return events("{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Node\",\"apiVersion\":\"v1\","
                + "\"metadata\":{\"resourceVersion\":\"10\"}}}");
    }

    /** The same, until it is ended, as the API server ends each watch after some minutes. */
    public Answer openUntil(CountDownLatch end) {
        Answer begun = bookmark();
        return request -> {
            begun.give(request);
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** The same answer, late. */
    public Answer late(Duration delay, Answer answer) {
        return request -> {
            try {
                closing.await(delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer.give(request);
        };
    }

    /** Sends these events and ends the stream. */
    public static Answer events(String... events) {
        return request -> {
            request.getResponseHeaders().set("Content-Type", "application/json");
            request.sendResponseHeaders(200, 0);
            OutputStream out = request.getResponseBody();
            for (String event : events) {
                out.write((event + "\n").getBytes(UTF_8));
            }
            out.flush();
        };
    }

    private void await() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange request, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        request.getResponseHeaders().set("Content-Type", "application/json");
        request.sendResponseHeaders(code, bytes.length);
        request.getResponseBody().write(bytes);
    }

    /** What was asked so far, such as {@code GET nodes} and {@code WATCH nodes}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** What stood behind the question mark of each. */
    public List<String> queries() {
        return List.copyOf(queries);
    }

    /** A client as the sidecar makes it. */
    public KubernetesClient client() {
        return Clients.of(url());
    }

    /** The same in a process that has so many bytes of heap. */
    public KubernetesClient client(long heap) {
        return Clients.of(url(), heap);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
