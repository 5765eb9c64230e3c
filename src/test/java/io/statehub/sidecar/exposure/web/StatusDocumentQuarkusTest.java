package io.statehub.sidecar.exposure.web;

import static io.restassured.RestAssured.get;
import static io.statehub.sidecar.exposure.web.DocumentedJson.NULL;
import static io.statehub.sidecar.exposure.web.DocumentedJson.paths;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.statehub.sidecar.exposure.Scene;
import io.statehub.sidecar.exposure.StagedProfile;
import io.statehub.sidecar.exposure.web.DocumentedJson.Row;
import io.statehub.sidecar.snapshot.Stage;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds docs/status.md against what is answered, both ways, over all scenes. */
@QuarkusTest
@TestProfile(StagedProfile.class)
class StatusDocumentQuarkusTest {

    private static final Path DOCUMENT = Path.of("docs", "status.md");

    @Inject
    Stage stage;

    private static Map<String, Row> documented() throws IOException {
        return DocumentedJson.rows(DOCUMENT);
    }

    /** The types that each path has over all scenes. */
    private Map<String, Set<String>> answered() {
        DocumentedJson answers = new DocumentedJson(path -> path);
        for (Scene scene : Scene.values()) {
            scene.play(stage);
            answers.add(get("/status").asString());
        }
        return answers.types();
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

    @Test
    void valuesOfClosedListsAreDocumented() throws IOException {
        String document = Files.readString(DOCUMENT);

        assertThat(List.of("UP", "DEGRADED", "UNKNOWN", "DOWN", "PRIMARY", "STANDBY", "acked", "failed", "ambiguous"))
                .allSatisfy(word -> assertThat(document).contains("`" + word + "`"));
    }
}
