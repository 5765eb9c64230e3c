package io.statehub.sidecar.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The 120 columns of {@code .editorconfig}: the formatter keeps to them in code, and leaves comments and strings alone.
 * What stands in a text block is the text of something else, with lines of its own.
 */
class LineLengthTest {

    private static final int MOST = 120;
    private static final String TEXT_BLOCK = "\"\"\"";

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
    void aLineAtTheLimitIsAllowedAndOneBeyondItIsFoundButNotInATextBlock() {
        String longest = "x".repeat(MOST);

        assertThat(tooLong(List.of(longest, "String text = " + TEXT_BLOCK, longest + "y", TEXT_BLOCK + ";")))
                .isEmpty();
        assertThat(tooLong(List.of(TEXT_BLOCK, TEXT_BLOCK + ";", longest + "y")))
                .containsExactly("3");
    }

    /** The numbers of the lines that are too long. */
    private static List<String> tooLong(List<String> lines) {
        List<String> found = new ArrayList<>();
        boolean inTextBlock = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!inTextBlock && line.codePointCount(0, line.length()) > MOST) {
                found.add(String.valueOf(i + 1));
            }
            inTextBlock ^= line.split(TEXT_BLOCK, -1).length % 2 == 0;
        }
        return found;
    }
}
