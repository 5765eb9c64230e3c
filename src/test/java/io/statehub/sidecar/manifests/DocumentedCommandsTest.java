package io.statehub.sidecar.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statehub.sidecar.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
            "promote", Set.of("-n"),
            "psql", Set.of("-n"));

    private static final Set<String> VERBS = Set.of(
            "annotate",
            "api-resources",
            "apply",
            "auth",
            "cordon",
            "create",
            "delete",
            "describe",
            "drain",
            "edit",
            "exec",
            "get",
            "kustomize",
            "label",
            "logs",
            "patch",
            "port-forward",
            "rollout",
            "scale",
            "top",
            "uncordon",
            "version",
            "wait");

    /** Of which each subject has flags of its own. */
    private static final Set<String> WITH_SUBJECTS = Set.of("auth", "create", "rollout", "top");

    private static final Set<String> NAMED = Set.of(
            "deploy/state-hub",
            "deploy/cnpg-controller-manager",
            "svc/state-hub",
            "svc/state-hub-db-rw",
            "svc/prometheus-operated",
            "job/state-hub-migrate",
            "job/state-hub-dump-now",
            "job/state-hub-api-drill-now",
            "cronjob/state-hub-api-drill",
            "cronjob/state-hub-dump");

    private static final Map<String, String> HELP = new ConcurrentHashMap<>();

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

    /** The real programs are asked which flags they have. */
    @ParameterizedTest
    @MethodSource("commands")
    void kubectlHasTheFlagsThatItIsGiven(String command) {
        if (command.startsWith("kubectl cnpg ")) {
            return;
        }
        Program.require("kubectl");
        List<String> words = List.of(command.replaceAll(" -- .*|\\$\\(.*", "").split(" "));
        String verb = words.stream()
                .skip(1)
                .filter(word -> word.matches("[a-z-]+") && VERBS.contains(word))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no verb in " + command));
        String subject = WITH_SUBJECTS.contains(verb) ? verb + " " + words.get(words.indexOf(verb) + 1) : verb;
        String known = HELP.computeIfAbsent(subject, DocumentedCommandsTest::help);

        assertThat(words.stream()
                        .filter(word -> word.matches("-[a-zA-Z]|--[a-z-]+(=.*)?"))
                        .map(word -> word.replaceAll("=.*", "")))
                .allSatisfy(flag -> assertThat(known).containsPattern("(?m)(^|[\\s,])" + flag + "[,=]"));
    }

    private static String help(String subject) {
        return Program.run(List.of(("kubectl " + subject + " --help").split(" ")))
                        .output()
                + Program.run(List.of("kubectl", "options")).output();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aDirectoryThatIsAppliedIsThere(String command) {
        Matcher applied = Pattern.compile("(?:apply -k|kustomize) (\\S+)").matcher(command);
        while (applied.find()) {
            assertThat(Path.of(applied.group(1)).resolve("kustomization.yaml")).exists();
        }
    }

    /** Names of the manifests, and what kubectl, the operator and the prometheus-operator make of them. */
    @ParameterizedTest
    @MethodSource("commands")
    void whatIsNamedIsSomethingThatThereIs(String command) {
        Matcher named = Pattern.compile("(?<!-- )\\b(deploy|svc|job|cronjob)/([a-z0-9-]+)")
                .matcher(command);
        while (named.find()) {
            assertThat(NAMED).contains(named.group(1) + "/" + named.group(2));
        }
    }

    @Test
    void aFlagThatThereIsNotIsSeen() {
        assertThatThrownBy(() -> kubectlHasTheFlagsThatItIsGiven("kubectl get pods -n state-hub --wach"))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> whatIsNamedIsSomethingThatThereIs("kubectl -n state-hub logs deploy/statehub"))
                .isInstanceOf(AssertionError.class);
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
