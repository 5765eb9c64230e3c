package io.statehub.sidecar.cli.running;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Values of an answer by their path, such as {@code failover.state}: what is null or missing is empty. */
final class Values {

    private Values() {}

    private static Optional<JsonValue> at(JsonObject of, String path) {
        JsonValue value = of;
        for (String name : path.split("\\.", -1)) {
            value = value instanceof JsonObject object ? object.getOrDefault(name, JsonValue.NULL) : JsonValue.NULL;
        }
        return value == JsonValue.NULL ? Optional.empty() : Optional.of(value);
    }

    static Optional<String> text(JsonObject of, String path) {
        return at(of, path).filter(JsonString.class::isInstance).map(value -> ((JsonString) value).getString());
    }

    static OptionalLong number(JsonObject of, String path) {
        return at(of, path)
                .filter(JsonNumber.class::isInstance)
                .map(value -> OptionalLong.of(((JsonNumber) value).longValue()))
                .orElse(OptionalLong.empty());
    }

    static Optional<Duration> millis(JsonObject of, String path) {
        OptionalLong millis = number(of, path);
        return millis.isPresent() ? Optional.of(Duration.ofMillis(millis.getAsLong())) : Optional.empty();
    }

    static boolean isTrue(JsonObject of, String path) {
        return at(of, path).filter(JsonValue.TRUE::equals).isPresent();
    }

    static Optional<Instant> time(JsonObject of, String path) {
        try {
            return text(of, path).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<JsonObject> object(JsonObject of, String path) {
        return at(of, path).filter(JsonObject.class::isInstance).map(JsonValue::asJsonObject);
    }

    static List<JsonObject> objects(JsonObject of, String path) {
        return at(of, path)
                .filter(value -> value.getValueType() == JsonValue.ValueType.ARRAY)
                .map(value -> value.asJsonArray().stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonValue::asJsonObject)
                        .toList())
                .orElse(List.of());
    }

    static List<String> texts(JsonObject of, String path) {
        return at(of, path)
                .filter(value -> value.getValueType() == JsonValue.ValueType.ARRAY)
                .map(value -> value.asJsonArray().stream()
                        .filter(JsonString.class::isInstance)
                        .map(text -> ((JsonString) text).getString())
                        .toList())
                .orElse(List.of());
    }
}
