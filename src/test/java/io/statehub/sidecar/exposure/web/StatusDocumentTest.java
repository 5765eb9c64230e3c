package io.statehub.sidecar.exposure.web;

import static io.restassured.RestAssured.get;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.statehub.sidecar.agent.Stage;
import io.statehub.sidecar.exposure.Scene;
import io.statehub.sidecar.exposure.StagedProfile;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Holds docs/status.md against what is answered, both ways, over all scenes. */
@QuarkusTest
@TestProfile(StagedProfile.class)
class StatusDocumentTest {

    private static final Path DOCUMENT = Path.of("docs", "status.md");
    private static final String NULL = "null";

    private record Row(String type, String unit, String nullWhen) {}

    @Inject
    Stage stage;

    private static Map<String, Row> documented() throws IOException {
        try (var lines = Files.lines(DOCUMENT)) {
            return lines.filter(line -> line.startsWith("| `"))
                    .map(line -> line.split("\\s*\\|\\s*", -1))
                    .collect(toMap(cells -> cells[1].replace("`", ""), cells -> new Row(cells[2], cells[3], cells[4])));
        }
    }

    /** The types that each path has over all scenes. */
    private Map<String, Set<String>> answered() {
        Map<String, Set<String>> types = new TreeMap<>();
        for (Scene scene : Scene.values()) {
            scene.play(stage);
            try (JsonReader reader =
                    Json.createReader(new StringReader(get("/status").asString()))) {
                fields("", reader.readObject(), types);
            }
        }
        return types;
    }

    private static void fields(String prefix, JsonObject object, Map<String, Set<String>> types) {
        object.forEach((name, value) -> value(prefix + name, value, types));
    }

    private static void value(String path, JsonValue value, Map<String, Set<String>> types) {
        Set<String> ofPath = types.computeIfAbsent(path, ignored -> new TreeSet<>());
        if (value instanceof JsonObject object) {
            ofPath.add("object");
            fields(path + ".", object, types);
        } else if (value instanceof JsonArray array) {
            for (JsonValue element : array) {
                ofPath.add("array of " + (element instanceof JsonObject ? "objects" : scalar(element) + "s"));
                if (element instanceof JsonObject object) {
                    fields(path + "[].", object, types);
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

    @Test
    void everyPathOfTheAnswerIsDocumentedAndEveryDocumentedPathIsAnswered() throws IOException {
        assertThat(documented().keySet())
                .containsExactlyInAnyOrderElementsOf(answered().keySet());
    }

    @Test
    void everyValueHasTheDocumentedType() throws IOException {
        Map<String, Row> documented = documented();

        answered().forEach((path, types) -> {
            Set<String> known = new TreeSet<>(types);
            known.remove(NULL);
            assertThat(known)
                    .as(path)
                    .containsExactly(
                            documented.getOrDefault(path, new Row("", "", "")).type());
        });
    }

    @Test
    void whatIsDocumentedAsNullInSomeCaseIsNullInSomeSceneAndNothingElseIs() throws IOException {
        Map<String, Set<String>> answered = answered();
        Set<String> nullable = paths(documented(), row -> !row.nullWhen().equals("never"));

        assertThat(paths(answered, types -> types.contains(NULL))).isEqualTo(nullable);
    }

    @Test
    void aUnitIsInTheNameOfTheValue() throws IOException {
        Map<String, Row> documented = documented();

        assertThat(paths(documented, row -> row.unit().equals("ms"))).isEqualTo(endingIn("Ms", documented));
        assertThat(paths(documented, row -> row.unit().equals("bytes"))).isEqualTo(endingIn("Bytes", documented));
    }

    private static Set<String> endingIn(String suffix, Map<String, Row> documented) {
        Set<String> paths = new TreeSet<>(documented.keySet());
        paths.removeIf(path -> !path.endsWith(suffix));
        return paths;
    }

    private static <T> Set<String> paths(Map<String, T> byPath, Predicate<T> wanted) {
        Set<String> paths = new TreeSet<>();
        byPath.forEach((path, value) -> {
            if (wanted.test(value)) {
                paths.add(path);
            }
        });
        return paths;
    }

    @Test
    void valuesOfClosedListsAreDocumented() throws IOException {
        String document = Files.readString(DOCUMENT);

        assertThat(List.of("UP", "DEGRADED", "UNKNOWN", "DOWN", "PRIMARY", "STANDBY"))
                .allSatisfy(word -> assertThat(document).contains("`" + word + "`"));
    }
}
