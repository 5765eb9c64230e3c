package io.statehub.sidecar.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.assessment.FindingKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of findings against the closed list in the code. */
class FindingsTableTest {

    @Test
    void everyKindIsDocumentedWithItsScopeAndItsImpactAndNoOtherIs() throws IOException {
        List<String> documented;
        try (var lines = Files.lines(Path.of("docs", "findings.md"))) {
            documented = lines.filter(line -> line.startsWith("| `"))
                    .peek(line -> assertThat(line).matches(".* \\| \\S.*\\. \\|"))
                    .map(line -> line.replaceAll("^((\\|[^|]*){3})\\|.*", "$1").strip())
                    .toList();
        }

        assertThat(documented)
                .containsExactlyElementsOf(Arrays.stream(FindingKind.values())
                        .map(kind -> "| `%s` | %s | %s"
                                .formatted(kind.label(), kind.scope().label(), kind.impact()))
                        .toList());
    }
}
