package io.statehub.sidecar.probe.api;

import java.nio.charset.StandardCharsets;

/** HTTP answers as text. */
final class Answers {

    static final String OK = json("{\"status\":\"ok\"}");

    private Answers() {}

    static String json(String body) {
        return with("200 OK", "Content-Type: application/json\r\n", body);
    }

    static String text(String body) {
        return with("200 OK", "Content-Type: text/plain\r\n", body);
    }

    static String with(String status, String headers, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + length + "\r\n\r\n" + body;
    }
}
