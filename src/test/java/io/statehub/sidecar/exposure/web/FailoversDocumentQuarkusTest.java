package io.statehub.sidecar.exposure.web;

import static io.restassured.RestAssured.get;
import static io.statehub.sidecar.exposure.web.DocumentedJson.NULL;
import static io.statehub.sidecar.exposure.web.DocumentedJson.paths;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.statehub.sidecar.exposure.Scene;
import io.statehub.sidecar.exposure.StagedProfile;
import io.statehub.sidecar.exposure.web.DocumentedJson.Row;
import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.failover.FailoverState;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.failover.Outcome;
import io.statehub.sidecar.failover.Phase;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.failover.WriteLedger;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Snapshots;
import io.statehub.sidecar.snapshot.Stage;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/failovers.md against what is answered, both ways, over all scenes. */
@QuarkusTest
@TestProfile(StagedProfile.class)
class FailoversDocumentQuarkusTest {

    private static final Path DOCUMENT = Path.of("docs", "failovers.md");

    /** What is noticed while nothing is in question is no milestone; nor are a loss and the end, which have fields. */
    private static final Set<Kind> NO_MILESTONES = EnumSet.of(
            Kind.PRIMARY_SEEN,
            Kind.PRIMARY_OUT_OF_SIGHT,
            Kind.REDUNDANCY_LOST,
            Kind.REDUNDANCY_REGAINED,
            Kind.LOSS_FOUND,
            Kind.ENDED);

    @Inject
    Stage stage;

    @Inject
    Snapshots snapshots;

    /** An incident is documented once, wherever it stands, and so are phases and services. */
    private static String documentedName(String path) {
        return path.replaceFirst("^(current|failovers\\[])\\.", "")
                .replaceFirst("^phases\\.\\w+", "phases.*")
                .replaceFirst("^outages\\.\\w+", "outages.*");
    }

    private Map<String, Set<String>> answered() {
        DocumentedJson answers = new DocumentedJson(FailoversDocumentQuarkusTest::documentedName);
        for (Scene scene : Scene.values()) {
            scene.play(stage);
            answers.add(get("/failovers").asString());
        }
        answers.add(get("/failovers?limit=0").asString());
        Scene.TAKEN_OVER_WITH_LOSS.play(stage);
        answers.add(historyAlone());
        return answers.types();
    }

    /** As after a restart that found the incidents in the journal and no checkpoint. */
    private String historyAlone() {
        AgentSnapshot before = snapshots.current();
        Tracking remembered = Tracking.begin(stage.now(), WriteLedger.empty(1000))
                .remembering(before.tracking().history());
        AgentSnapshot after = new AgentSnapshot(
                0, before.round(), before.assessment(), FailoverTracker.Step.first(remembered), before.headline());
        return FailoversJson.list(after, false, remembered.history(), Optional.empty());
    }

    @Test
    void everyPathOfTheAnswersIsDocumentedAndEveryDocumentedPathIsAnswered() throws IOException {
        assertThat(DocumentedJson.rows(DOCUMENT).keySet())
                .containsExactlyInAnyOrderElementsOf(answered().keySet());
    }

    @Test
    void everyValueHasTheDocumentedType() throws IOException {
        Map<String, Row> documented = DocumentedJson.rows(DOCUMENT);

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
        Set<String> nullable =
                paths(DocumentedJson.rows(DOCUMENT), row -> !row.nullWhen().equals("never"));

        assertThat(paths(answered(), types -> types.contains(NULL))).isEqualTo(nullable);
    }

    @Test
    void aUnitIsInTheNameOfTheValue() throws IOException {
        Map<String, Row> documented = DocumentedJson.rows(DOCUMENT);

        assertThat(paths(documented, row -> row.unit().equals("ms")))
                .isEqualTo(named(".*Ms(AtLeast|AtMost)?", documented));
        assertThat(paths(documented, row -> row.unit().equals("bytes")))
                .isEqualTo(named(".*[Bb]ytes(AtLeast|AtMost)?", documented));
    }

    private static Set<String> named(String pattern, Map<String, Row> documented) {
        return documented.keySet().stream()
                .filter(path -> path.matches(pattern))
                .collect(toCollection(TreeSet::new));
    }

    @Test
    void valuesOfClosedListsAreDocumented() throws IOException {
        String document = Files.readString(DOCUMENT);
        List<String> words = new ArrayList<>(List.of("in_progress"));
        Arrays.stream(Outcome.values()).map(Outcome::label).forEach(words::add);
        Arrays.stream(Objectives.Compliance.values())
                .map(Objectives.Compliance::label)
                .forEach(words::add);
        Arrays.stream(Phase.values()).map(Phase::label).forEach(words::add);
        Arrays.stream(Service.values()).map(Service::label).forEach(words::add);
        EnumSet.complementOf(EnumSet.copyOf(NO_MILESTONES)).stream()
                .map(Kind::label)
                .forEach(words::add);

        assertThat(words).allSatisfy(word -> assertThat(document).contains("`" + word + "`"));
    }

    /** A state has its label only as an object, so the number of them guards the list of words. */
    @Test
    void everyStateIsDocumented() throws IOException {
        List<String> labels = List.of(
                "unknown",
                "stable",
                "primary_suspect",
                "failing_over",
                "primary_returned",
                "promoted",
                "routed",
                "split_brain");
        assertThat(Stream.of(FailoverState.Quiet.class, FailoverState.Troubled.class)
                        .flatMap(kind -> Arrays.stream(kind.getPermittedSubclasses())))
                .hasSameSizeAs(labels);

        String section = Files.readString(DOCUMENT).replaceFirst("(?s).*\n## States\n(.*?)\n## .*", "$1");
        assertThat(section.lines()
                        .filter(line -> line.startsWith("- "))
                        .map(line -> line.replaceFirst("- `(\\w+)`.*", "$1")))
                .containsExactlyElementsOf(labels);
    }
}
