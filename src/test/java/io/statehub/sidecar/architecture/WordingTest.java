package io.statehub.sidecar.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phrases at which somebody who grew up with English stumbles: there is a plainer word for each. */
class WordingTest {

    private static final List<Pattern> BANNED = Stream.of(
                    // again, restarted, rebuilt
                    "\\ba" + "new\\b",
                    // continues, is ongoing, keeps
                    "\\bgo(es|ne)? o" + "n\\b",
                    "\\bgoing o" + "n\\b",
                    // is unknown; can't be distinguished
                    "\\bcan('t|not) be t" + "old\\b",
                    // is attributed to
                    "\\bput d" + "own to\\b",
                    // even if
                    "\\bbe i" + "t (by|a|an|the|we|in|out)\\b",
                    // the start of
                    "\\bthe begi" + "n of\\b",
                    // anybody who
                    "(^|[.:;|] )Who (is|has|comes|asks|wants|takes|needs) [a-z ]+ (goes|adds|takes|gets|is)\\b",
                    // what you will see
                    "\\bwhat one s" + "ees\\b")
            .map(Pattern::compile)
            .toList();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src",
                "docs",
                "benchmarks",
                "README.md",
                "CHANGELOG.md",
                "CONTRIBUTING.md",
                "SECURITY.md",
                "pom.xml",
                ".ci"
            })
    void noPhraseIsUsedThatReadersStumbleOver(String place) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(place))) {
            for (Path file : files.filter(WordingTest::isText).toList()) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    if (stumbles(lines.get(i))) {
                        found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
                    }
                }
            }
        }

        assertThat(found).isEmpty();
    }

    private static boolean isText(Path file) {
        return Files.isRegularFile(file)
                && file.getFileName()
                        .toString()
                        .matches(".*\\.(java|md|ya?ml|json|html|properties|sql|sh|xml|tpl)|run");
    }

    private static boolean stumbles(String line) {
        return BANNED.stream().anyMatch(phrase -> phrase.matcher(line).find());
    }

    @Test
    void aPhraseOfTheListIsFoundAndOneThatOnlyLooksLikeItIsNot() {
        assertThat(Stream.of("it is made a" + "new", "the outage that goes o" + "n", "it can't be t" + "old"))
                .allMatch(WordingTest::stumbles);
        assertThat(Stream.of("renewal", "an ongoing outage", "what is put beside it"))
                .noneMatch(WordingTest::stumbles);
    }
}
