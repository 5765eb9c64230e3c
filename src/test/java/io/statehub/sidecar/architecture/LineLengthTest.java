package io.statehub.sidecar.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The 120 columns of {@code .editorconfig}: the formatter keeps to them in code, and leaves comments, strings and text
 * blocks alone. A word that is longer by itself can't be wrapped.
 */
class LineLengthTest {

    private static final int MOST = 120;

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java"})
    void noLineIsLongerThanTheEditorsLimit(String sources) throws IOException {
        List<String> tooLong = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(sources))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                tooLong(Files.readAllLines(file)).forEach(line -> tooLong.add(file + ":" + line));
            }
        }

        assertThat(tooLong).isEmpty();
    }

    @Test
    void aLineAtTheLimitIsAllowedAndOneBeyondItIsFoundUnlessItIsOneWord() {
        String longest = "x".repeat(MOST / 2) + " " + "x".repeat(MOST - MOST / 2 - 1);

        assertThat(tooLong(List.of(longest, "    " + "x".repeat(MOST + 1)))).isEmpty();
        assertThat(tooLong(List.of("String text = \"\"\"", longest + "y", "\"\"\";")))
                .containsExactly("2");
    }

    /** The numbers of the lines that are too long. */
    private static List<String> tooLong(List<String> lines) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (columns(line) > MOST && Arrays.stream(line.split("\\s+", -1)).allMatch(word -> columns(word) <= MOST)) {
                found.add(String.valueOf(i + 1));
            }
        }
        return found;
    }

    private static int columns(String text) {
        return text.codePointCount(0, text.length());
    }
}
