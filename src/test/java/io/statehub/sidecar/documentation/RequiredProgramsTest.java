package io.statehub.sidecar.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A program that a test demands by {@link Program#require}: {@code .ci/run} installs it, and README says what it is
 * for.
 */
class RequiredProgramsTest {

    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern REQUIRE = Pattern.compile("Program\\.require\\(([^()]+)\\)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]+)\"|\\b([A-Z_]+)\\b");

    @Test
    void continuousIntegrationInstallsEachProgramThatATestDemands() throws IOException {
        String script = Files.readString(Path.of(".ci/run"));
        assertThat(demanded())
                .isNotEmpty()
                .allSatisfy(program -> assertThat(script)
                        .as(".ci/run looks for %s", program)
                        .containsPattern("\\bhas " + Pattern.quote(program) + "(?![\\w-])"));
    }

    @Test
    void readmeNamesEachProgramThatATestDemands() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(demanded())
                .allSatisfy(program ->
                        assertThat(readme).as("README names %s", program).contains("`" + program + "`"));
    }

    private static Set<String> demanded() throws IOException {
        Set<String> programs = new TreeSet<>();
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".java"))::iterator) {
                demandedBy(Files.readString(file), programs);
            }
        }
        return programs;
    }

    private static void demandedBy(String source, Set<String> programs) {
        REQUIRE.matcher(source)
                .results()
                .forEach(call -> WORD.matcher(call.group(1))
                        .results()
                        .forEach(word ->
                                programs.add(word.group(1) == null ? constant(source, word.group(2)) : word.group(1))));
    }

    private static String constant(String source, String name) {
        return Pattern.compile("\\b" + name + " = \"([^\"]+)\"")
                .matcher(source)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no constant " + name + " beside its use"))
                .group(1);
    }
}
