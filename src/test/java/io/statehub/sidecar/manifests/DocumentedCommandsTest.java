package io.statehub.sidecar.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documents tell people to type is what the programs take, and what they tell to apply has the fields of its
 * kind.
 */
class DocumentedCommandsTest {

    private static final Path DOCS = Path.of("docs");
    private static final Pattern KUBECTL = Pattern.compile("kubectl [^`\n|#&;)]*");
    private static final Pattern YAML_BLOCK = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    /** Of kubectl-cnpg 1.29 and 1.30 ({@code internal/cmd/plugin}): what is used here, with its flags. */
    private static final Map<String, Set<String>> PLUGIN = Map.of(
            "backup", Set.of("-n", "--method", "--plugin-name"),
            "status", Set.of("-n"),
            "destroy", Set.of("-n"),
            "fencing", Set.of("-n"),
            "promote", Set.of("-n"));

    static Stream<String> commands() {
        List<String> commands = new ArrayList<>();
        for (Path document : documents()) {
            Matcher found = KUBECTL.matcher(read(document).replace("\\\n", " "));
            while (found.find()) {
                commands.add(found.group().strip().replaceAll("\\s+", " "));
            }
        }
        return commands.stream()
                .filter(command -> command.split(" ", -1).length > 2)
                .distinct();
    }

    private static List<Path> documents() {
        try (Stream<Path> files = Files.walk(DOCS)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandOnSomethingOfANamespaceNamesIt(String command) {
        boolean ofTheWholeCluster = command.matches(
                "kubectl (apply -k|kustomize|version|(get|describe|delete|top) nodes?|drain|cordon|uncordon)( .*|$)");

        if (!ofTheWholeCluster) {
            assertThat(command).matches(".* (-n|--namespace|-A)( .*|$)");
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theOperatorsPluginIsGivenWhatItTakes(String command) {
        if (!command.startsWith("kubectl cnpg ")) {
            return;
        }
        List<String> words = List.of(command.substring("kubectl cnpg ".length()).split(" "));

        assertThat(PLUGIN).containsKey(words.get(0));
        assertThat(words.stream().filter(word -> word.startsWith("-")).map(word -> word.replaceAll("=.*", "")))
                .isSubsetOf(PLUGIN.get(words.get(0)));
    }

    @Test
    void aBackupByHandIsMadeByThePluginThatTheClusterHas() {
        assertThat(commands().filter(command -> command.startsWith("kubectl cnpg backup")))
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command)
                        .contains("-n state-hub ", "--method=plugin", "--plugin-name=barman-cloud.cloudnative-pg.io"));
    }

    @Test
    void whatIsToBeAppliedHasTheFieldsOfItsKind() throws IOException {
        StrictSchema schema = new StrictSchema();
        int objects = 0;
        for (Path document : documents()) {
            Matcher block = YAML_BLOCK.matcher(read(document));
            while (block.find()) {
                String yaml = block.group(1).stripIndent();
                if (yaml.startsWith("apiVersion:")) {
                    for (Map<String, Object> object : Rendered.objects(yaml)) {
                        assertThat(schema.faults(object))
                                .as(document.toString())
                                .isEmpty();
                        objects++;
                    }
                }
            }
        }
        assertThat(objects).isPositive();
    }
}
