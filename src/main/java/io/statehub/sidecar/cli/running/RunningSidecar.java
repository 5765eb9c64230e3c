package io.statehub.sidecar.cli.running;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.statehub.sidecar.json.JsonLibrary;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParsingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;

/** A sidecar that runs elsewhere, read over HTTP. */
final class RunningSidecar {

    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** A sidecar answers from memory: one that takes longer hangs. */
    private static final Duration READ = Duration.ofSeconds(5);

    /** More than 100 members and 100 incidents come to. */
    private static final int MOST_BYTES = 8 << 20;

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final URI base;

    /** Reads the sidecar whose addresses begin with {@code base}, an http(s) URL without a path. */
    RunningSidecar(URI base) {
        this.base = base;
    }

    /** The text of the answer at a path of it. */
    String text(String path) throws UnreadableSidecarException {
        URI address = base.resolve(path);
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout((int) CONNECT.toMillis());
            connection.setReadTimeout((int) READ.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Accept", "application/json");
            try {
                return answer(connection, address);
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw new UnreadableSidecarException(
                    "no sidecar answers at " + base + ": " + why(e) + "; name the address of a running one with --url");
        }
    }

    /** The answer at a path of it as JSON. */
    JsonObject json(String path) throws UnreadableSidecarException {
        return parsed(text(path), base.resolve(path));
    }

    static JsonObject parsed(String text, URI from) throws UnreadableSidecarException {
        try {
            return JsonLibrary.object(text);
        } catch (JsonParsingException e) {
            throw new UnreadableSidecarException(
                    from + " answers with something that is not JSON: no sidecar is there");
        } catch (JsonException e) {
            throw new UnreadableSidecarException(from + " answers with JSON that is no object: no sidecar is there");
        }
    }

    private static String answer(HttpURLConnection connection, URI address)
            throws IOException, UnreadableSidecarException {
        int status = connection.getResponseCode();
        if (status == NOT_FOUND) {
            throw new UnreadableSidecarException(address + " is not known there (HTTP 404)");
        }
        if (status != OK) {
            throw new UnreadableSidecarException(address + " answers with HTTP " + status + ", expected " + OK);
        }
        try (InputStream body = connection.getInputStream()) {
            byte[] bytes = body.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new UnreadableSidecarException(
                        address + " answers with more than " + MOST_BYTES + " bytes: no sidecar is there");
            }
            return new String(bytes, UTF_8);
        }
    }

    private static String why(IOException e) {
        if (e instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        if (e instanceof UnknownHostException) {
            return "the host name has no address";
        }
        return e instanceof ConnectException ? "connection refused" : "the connection broke";
    }
}
