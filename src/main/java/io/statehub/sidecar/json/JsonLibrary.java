package io.statehub.sidecar.json;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;

/**
 * The JSON library, found once. {@code jakarta.json.Json} searches the class path on each call, even for a string: 300
 * µs, hundreds of times what the call itself takes.
 */
public final class JsonLibrary {

    /** Has no state of its own, and is safe for use by several threads. */
    public static final JsonProvider JSON = JsonProvider.provider();

    private JsonLibrary() {}

    /**
     * The object that a text holds.
     *
     * @throws jakarta.json.JsonException if it is no JSON, or JSON that is no object
     */
    public static JsonObject object(String text) {
        try (JsonReader reader = JSON.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
