package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Requests to one server of the lab, each in bounded time. */
final class LabHttp {

    private static final Duration LOOK = Duration.ofSeconds(1);
    /** A restart or a switchover is answered when it is over. */
    private static final Duration ORDER = Duration.ofSeconds(60);

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LOOK)
            .build();

    private final int port;

    LabHttp(int port) {
        this.port = port;
    }

    /** Whether the answer is 200; no answer within a second is none. */
    boolean answersOk(String path) {
        try {
            return send(request(path, LOOK).GET()).statusCode() == 200;
        } catch (IOException none) {
            return false;
        }
    }

    /** @throws LabException when the answer is not 200, with what it says */
    void post(String path, String json) {
        try {
            HttpResponse<String> answer = send(request(path, ORDER).POST(HttpRequest.BodyPublishers.ofString(json)));
            if (answer.statusCode() != 200) {
                throw new LabException("POST %s %s: %d %s".formatted(path, json, answer.statusCode(), answer.body()));
            }
        } catch (IOException failure) {
            throw new LabException("POST %s %s: %s".formatted(path, json, failure), failure);
        }
    }

    private HttpRequest.Builder request(String path, Duration timeout) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .timeout(timeout);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while asking a server", interrupted);
        }
    }
}
