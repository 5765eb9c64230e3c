package io.statehub.sidecar.json;

import jakarta.json.spi.JsonProvider;

/**
 * The JSON library, found once. {@code jakarta.json.Json} searches the class path on each call, even for a string: 300
 * µs, hundreds of times what the call itself takes.
 */
public final class JsonLibrary {

    /** Has no state of its own, and is safe for use by several threads. */
    public static final JsonProvider JSON = JsonProvider.provider();

    private JsonLibrary() {}
}
