package io.statehub.sidecar.exposure.web;

import static java.util.stream.Collectors.toMap;

import io.statehub.sidecar.json.JsonLibrary;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** JSON answers taken apart into paths with their types, and the tables of a document that say the same. */
final class DocumentedJson {

    static final String NULL = "null";

    /** Five, and what is before the first bar and behind the last. */
    private static final int CELLS = 7;

    private final UnaryOperator<String> naming;
    private final Map<String, Set<String>> types = new TreeMap<>();

    /** @param naming how the document names a path */
    DocumentedJson(UnaryOperator<String> naming) {
        this.naming = naming;
    }

    record Row(String type, String unit, String nullWhen) {}

    /** The rows by path, of all tables of a document that have a type, a unit, a condition and a meaning beside it. */
    static Map<String, Row> rows(Path document) throws IOException {
        try (var lines = Files.lines(document)) {
            return lines.filter(line -> line.startsWith("| `"))
                    .map(line -> line.split("\\s*\\|\\s*", -1))
                    .filter(cells -> cells.length == CELLS)
                    .collect(toMap(cells -> cells[1].replace("`", ""), cells -> new Row(cells[2], cells[3], cells[4])));
        }
    }

    void add(String answer) {
        fields("", JsonLibrary.object(answer));
    }

    /** The types that each path was seen with. */
    Map<String, Set<String>> types() {
        return types;
    }

    private void fields(String prefix, JsonObject object) {
        object.forEach((name, value) -> value(prefix + name, value));
    }

    private void value(String path, JsonValue value) {
        String name = naming.apply(path);
        Set<String> ofPath = types.computeIfAbsent(name, ignored -> new TreeSet<>());
        if (value instanceof JsonObject object) {
            ofPath.add("object");
            fields(path + ".", object);
        } else if (value instanceof JsonArray array) {
            for (JsonValue element : array) {
                ofPath.add("array of " + (element instanceof JsonObject ? "objects" : scalar(element) + "s"));
                if (element instanceof JsonObject object) {
                    fields(path + "[].", object);
                }
            }
        } else {
            ofPath.add(scalar(value));
        }
    }

    private static String scalar(JsonValue value) {
        return switch (value.getValueType()) {
            case TRUE, FALSE -> "boolean";
            case NUMBER -> "number";
            case STRING -> "string";
            case NULL -> NULL;
            case ARRAY, OBJECT -> throw new AssertionError(value + " is not a scalar");
        };
    }

    static <T> Set<String> paths(Map<String, T> byPath, Predicate<T> wanted) {
        Set<String> paths = new TreeSet<>();
        byPath.forEach((path, value) -> {
            if (wanted.test(value)) {
                paths.add(path);
            }
        });
        return paths;
    }
}
