package io.statehub.sidecar.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each decision has a number of its own, which its title begins with, and a line in the index. */
class DecisionsTest {

    private static final Path DECISIONS = Path.of("docs", "decisions");
    private static final String INDEX = "README.md";
    private static final int DIGITS = 4;

    private static List<Path> decisions() throws IOException {
        try (Stream<Path> files = Files.list(DECISIONS)) {
            return files.filter(file -> !file.endsWith(INDEX)).sorted().toList();
        }
    }

    private static String number(Path decision) {
        return decision.getFileName().toString().substring(0, DIGITS);
    }

    private static String title(Path decision) throws IOException {
        return Files.readAllLines(decision).get(0);
    }

    @Test
    void noTwoHaveTheSameNumber() throws IOException {
        assertThat(decisions().stream().map(DecisionsTest::number)).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void titleBeginsWithTheNumber() throws IOException {
        for (Path decision : decisions()) {
            assertThat(title(decision)).startsWith("# " + number(decision) + ": ");
        }
    }

    @Test
    void indexHasEachInOrderWithItsTitle() throws IOException {
        StringBuilder expected = new StringBuilder();
        for (Path decision : decisions()) {
            String title = title(decision).substring("# 0000: ".length());
            expected.append("| [%s](%s) | %s |%n".formatted(number(decision), decision.getFileName(), title));
        }

        assertThat(Files.readString(DECISIONS.resolve(INDEX))).endsWith("|---|---|\n" + expected);
    }
}
