package io.statehub.sidecar.documentation;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of findings is made from the closed list in the code; {@code -Dgolden.write=true} writes it. */
class FindingsTableTest {

    private static final Path DOCUMENT = Path.of("docs", "findings.md");
    private static final Path RUNBOOKS = Path.of("docs", "runbooks");

    private static String row(FindingKind kind) {
        return "| `%s` | %s | %s | %s | %s | %s |"
                .formatted(
                        kind.label(),
                        kind.title(),
                        kind.scope().label(),
                        kind.impact(),
                        kind.meaning(),
                        kind.runbook()
                                .map(runbook -> "[%s](runbooks/%s.md)".formatted(runbook, runbook))
                                .orElse("–"));
    }

    @Test
    void theTableHoldsEveryKindAndWhatThereIsToSayOfIt() throws IOException {
        String made = Files.readString(DOCUMENT)
                        .lines()
                        .takeWhile(line -> !line.startsWith("|"))
                        .collect(joining("\n", "", "\n"))
                + "| kind | title | scope | impact | meaning | runbook |\n|---|---|---|---|---|---|\n"
                + Arrays.stream(FindingKind.values())
                        .map(FindingsTableTest::row)
                        .collect(Collectors.joining("\n", "", "\n"));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(DOCUMENT, made);
        }

        assertThat(DOCUMENT).content().isEqualTo(made);
    }

    @ParameterizedTest
    @EnumSource(FindingKind.class)
    void aKindHasATitleASentenceAndARunbookUnlessSomebodyWantsIt(FindingKind kind) {
        assertThat(kind.title()).matches("[A-Z].{3,50}[^.]");
        assertThat(kind.meaning()).matches("[A-Z].{15,160}\\.");
        assertThat(kind.runbook().isEmpty()).isEqualTo(kind.impact() == Status.UP);
        kind.runbook()
                .ifPresent(
                        runbook -> assertThat(RUNBOOKS.resolve(runbook + ".md")).exists());
    }

    @Test
    void noTwoKindsHaveOneTitle() {
        assertThat(FindingKind.values()).extracting(FindingKind::title).doesNotHaveDuplicates();
    }
}
