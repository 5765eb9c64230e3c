package io.statehub.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command of ours that a document tells people to type is one, with the options that it has. */
class DocumentedSidecarCommandsTest {

    /** On a line of its own, or after what runs it. */
    private static final Pattern TYPED = Pattern.compile("(?m)^ {4,}.*?\\bstate-hub-sidecar( [a-z][^\n|#&;]*)$");

    static Stream<String> commands() throws IOException {
        List<Path> documents;
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            documents = files.filter(file -> file.toString().endsWith(".md")).toList();
        }
        return Stream.concat(documents.stream(), Stream.of(Path.of("README.md")))
                .flatMap(DocumentedSidecarCommandsTest::in)
                .distinct();
    }

    private static Stream<String> in(Path document) {
        try {
            String text = Files.readString(document).replace("\\\n", " ");
            return TYPED.matcher(text)
                    .results()
                    .map(found -> found.group(1).strip().replaceAll(".* state-hub-sidecar ", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandIsUnderstood(String command) {
        assertThatCode(() -> parse(command)).as(command).doesNotThrowAnyException();
    }

    private static void parse(String command) {
        Matcher words = Pattern.compile("'[^']*'|\"[^\"]*\"|\\S+").matcher(command);
        new CommandLine(new Sidecar())
                .parseArgs(words.results()
                        .map(word -> word.group().replaceAll("^['\"]|['\"]$", ""))
                        .toArray(String[]::new));
    }

    @Test
    void someAreFoundAndOneThatThereIsNotIsSeen() throws IOException {
        assertThat(commands())
                .contains(
                        "verify access",
                        "report readiness",
                        "status",
                        "verify access --prometheus http://localhost:9090");
        assertThatThrownBy(() -> parse("verify acces")).isInstanceOf(CommandLine.ParameterException.class);
        assertThatThrownBy(() -> parse("verify access --promtheus x"))
                .isInstanceOf(CommandLine.ParameterException.class);
    }

    /** As the CronJobs of the manifests have them, an argument a line. */
    @Test
    void whatTheManifestsRunIsUnderstood() throws IOException {
        Path components = Path.of("src", "main", "kubernetes", "components");
        for (String file :
                List.of("scheduled-drills/readiness.yaml", "scheduled-drills/restore.yaml", "api-drill/drill.yaml")) {
            Matcher found = Pattern.compile("(?m)^ +args:\\n((?: +- .*\\n)+)")
                    .matcher(Files.readString(components.resolve(file)));
            assertThat(found.find()).as(file).isTrue();
            do {
                parse(found.group(1)
                        .replaceAll("(?m)^ +- ", "")
                        .replace("\n", " ")
                        .strip());
            } while (found.find());
        }
    }
}
