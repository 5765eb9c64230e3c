package io.statehub.sidecar.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statehub.sidecar.testing.lab.InstalledPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What tests demand of the machine, read from their own calls of {@link Program#require} and from the Debian packages
 * that they name: {@code .ci/run} installs it, README says what it is for, and where {@code CI} is set its lack fails.
 */
class RequiredProgramsTest {

    private static final Path TESTS = Path.of("src/test/java");
    private static final Path RUN = Path.of(".ci/run");
    private static final Path README = Path.of("README.md");
    private static final Pattern REQUIRE = Pattern.compile("Program\\.require\\(([^()]+)\\)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]+)\"|\\b([A-Z_]+)\\b");
    private static final Pattern PACKAGE = Pattern.compile("\\(Debian package ([a-z][a-z0-9-]+)\\)");

    static Set<String> programs() throws IOException {
        Set<String> programs = new TreeSet<>();
        for (String source : sources()) {
            REQUIRE.matcher(source)
                    .results()
                    .flatMap(call -> WORD.matcher(call.group(1)).results())
                    .forEach(word -> programs.add(named(source, word)));
        }
        return programs;
    }

    static Set<String> packages() throws IOException {
        Set<String> packages = new TreeSet<>();
        for (String source : sources()) {
            PACKAGE.matcher(source).results().forEach(call -> packages.add(call.group(1)));
        }
        return packages;
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            List<Path> classes =
                    files.filter(path -> path.toString().endsWith(".java")).toList();
            return classes.stream().map(RequiredProgramsTest::text).toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new AssertionError("cannot read " + file, failure);
        }
    }

    /** In quotes, or as a constant of the same class. */
    private static String named(String source, MatchResult word) {
        if (word.group(1) != null) {
            return word.group(1);
        }
        return Pattern.compile("\\b" + word.group(2) + " = \"([^\"]+)\"")
                .matcher(source)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no constant " + word.group(2) + " beside its use"))
                .group(1);
    }

    @Test
    void theProgramsAreReallyRead() throws IOException {
        assertThat(programs())
                .contains("age", "chromium", "etcd", "helm", "kubectl", "mkfifo", "patroni", "pgbouncer", "promtool");
        assertThat(packages()).containsExactly("postgresql", "python3-etcd");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void aProgramThatIsMissingFailsWhereCiIsSet(String program, @TempDir Path nothing) {
        assertThatThrownBy(() -> Machine.require(Program.missing(program, nothing.toString()), Map.of("CI", "true")))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(program + " is not on the PATH");
    }

    @Test
    void theWholeCheckSetsCiBeforeItInstallsOrTestsAnything() throws IOException {
        assertThat(Files.readAllLines(RUN).stream().filter(line -> line.matches("[a-z].*|export .*")))
                .startsWith("set -euo pipefail")
                .element(2)
                .isEqualTo("export CI=true");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void theWholeCheckInstallsEachProgramThatATestDemands(String program) {
        assertThat(RUN).content().containsPattern("\\bhas " + Pattern.quote(program) + "(?![\\w-])");
    }

    @ParameterizedTest
    @MethodSource("packages")
    void theWholeCheckInstallsEachPackageThatATestNames(String debian) {
        assertThat(RUN).content().containsPattern("\\|\\| echo " + Pattern.quote(debian) + "\n");
        assertThat(README).content().contains("`" + debian + "`");
    }

    @Test
    void theWholeCheckLooksForEachProgramOfACompletePostgres() {
        assertThat(RUN)
                .content()
                .contains("\npostgres_programs=(" + String.join(" ", InstalledPostgres.PROGRAMS) + ")\n");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void readmeNamesEachProgramThatATestDemands(String program) {
        assertThat(README).content().contains("`" + program + "`");
    }
}
