package io.statehub.sidecar.probe.api;

import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;

/**
 * What came before the body.
 *
 * @param status the HTTP status
 * @param contentType as the server wrote it; empty if it didn't
 * @param location where a redirect leads, as the server wrote it; empty if it didn't
 * @param contentLength announced length of the body in bytes; negative if not announced
 */
record AnswerHead(int status, String contentType, String location, long contentLength) {

    static AnswerHead of(HttpClientResponse response) {
        return new AnswerHead(
                response.statusCode(),
                header(response, HttpHeaders.CONTENT_TYPE),
                header(response, HttpHeaders.LOCATION),
                bytes(header(response, HttpHeaders.CONTENT_LENGTH)));
    }

    /** Whether the body claims to be JSON: {@code application/json}, {@code text/json} or any {@code …+json}. */
    boolean claimsJson() {
        int parameters = contentType.indexOf(';');
        String type = (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
        return "application/json".equals(type) || "text/json".equals(type) || type.endsWith("+json");
    }

    private static String header(HttpClientResponse response, CharSequence name) {
        String value = response.getHeader(name);
        return value == null ? "" : value;
    }

    private static long bytes(String contentLength) {
        try {
            return Long.parseLong(contentLength.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
