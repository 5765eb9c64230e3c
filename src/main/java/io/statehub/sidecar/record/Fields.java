package io.statehub.sidecar.record;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Members of a JSON object that may be absent: what is not known is left out. */
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

    static long required(JsonObject json, String name) {
        return json.getJsonNumber(name).longValueExact();
    }

    static Duration nanos(JsonObject json, String name) {
        return Duration.ofNanos(required(json, name));
    }
}
