package io.statehub.sidecar.journal.codec;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Members of a JSON object: what is not known is left out, and what must be there is missed with its name.
 */
final class Fields {

    private Fields() {}

    static <T> void add(
            JsonObjectBuilder json, String name, Optional<T> value, Function<? super T, ? extends JsonValue> writer) {
        value.ifPresent(present -> json.add(name, writer.apply(present)));
    }

    static <T> Optional<T> get(JsonObject json, String name, Function<JsonValue, T> reader) {
        return Optional.ofNullable(json.get(name)).map(reader);
    }

    static void add(JsonObjectBuilder json, String name, OptionalLong value) {
        value.ifPresent(present -> json.add(name, present));
    }

    static OptionalLong number(JsonObject json, String name) {
        return json.containsKey(name)
                ? OptionalLong.of(json.getJsonNumber(name).longValueExact())
                : OptionalLong.empty();
    }

    /** @throws IllegalArgumentException if there is no such member */
    static JsonValue value(JsonObject json, String name) {
        JsonValue value = json.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no '" + name + "'");
        }
        return value;
    }

    static String text(JsonObject json, String name) {
        return text(value(json, name));
    }

    static String text(JsonValue value) {
        return ((JsonString) value).getString();
    }

    /** @throws IllegalArgumentException if it is neither true nor false */
    static boolean flag(JsonObject json, String name) {
        return switch (value(json, name).getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            case ARRAY, OBJECT, STRING, NUMBER, NULL ->
                throw new IllegalArgumentException("'" + name + "' is neither true nor false");
        };
    }

    static long required(JsonObject json, String name) {
        return ((JsonNumber) value(json, name)).longValueExact();
    }

    static Duration nanos(JsonObject json, String name) {
        return Duration.ofNanos(required(json, name));
    }
}
