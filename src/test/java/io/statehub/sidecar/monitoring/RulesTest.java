package io.statehub.sidecar.monitoring;

import static io.statehub.sidecar.monitoring.RuleFile.each;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules: what Prometheus says of them, and that nothing about them is missing. */
class RulesTest {

    private static final String RUNBOOKS = "https://github.com/example/state-hub-sidecar/blob/main/";

    static List<RuleFile.Alert> alerts() {
        return RuleFile.alerts();
    }

    private static List<Path> tests() throws IOException {
        try (Stream<Path> files = Files.list(RuleFile.TESTS)) {
            return files.filter(file -> file.toString().endsWith(".test.yml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void anAlertSaysHowBadItIsWhatWasMeasuredAndAllowedAndWhereToLook(RuleFile.Alert alert) {
        assertThat(alert.severity()).isIn("critical", "warning", "info");
        assertThat(alert.annotation("summary")).contains("allowed:").endsWith(".");
        assertThat(alert.annotation("description"))
                .matches("First: kubectl (-n \\{\\{ \\$labels.namespace }} exec .* state-hub-sidecar"
                        + " (status|failovers)|get pods .*)");
        assertThat(alert.annotation("dashboard_url"))
                .matches("https://grafana.example/d/statehub-(overview|failover|cluster)\\?.*");
        assertThat(alert.annotation("runbook_url"))
                .isEqualTo(RUNBOOKS + "docs/runbooks/" + alert.name() + ".md")
                .satisfies(url ->
                        assertThat(Path.of(url.substring(RUNBOOKS.length()))).exists());
    }

    /** The cases of each alert by its name: whether it is to fire. */
    private static Map<String, Set<Boolean>> cases() throws IOException {
        return tests().stream()
                .flatMap(file -> each(RuleFile.read(file).path("tests")))
                .flatMap(test -> each(test.path("alert_rule_test")))
                .collect(groupingBy(
                        check -> check.path("alertname").asText(),
                        mapping(check -> !check.path("exp_alerts").isEmpty(), toSet())));
    }

    @Test
    void everyAlertHasACaseInWhichItFiresAndOneInWhichItIsSilent() throws IOException {
        Map<String, Set<Boolean>> cases = cases();

        assertThat(cases.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        alerts().stream().map(RuleFile.Alert::name).toList());
        assertThat(cases)
                .allSatisfy((alert, outcomes) -> assertThat(outcomes).as(alert).containsExactlyInAnyOrder(true, false));
    }

    /** With {@code -Dgolden.write=true} it is written. */
    @Test
    void theObjectForTheOperatorHoldsTheSameRules() throws IOException {
        Path object = RuleFile.MONITORING.resolve("prometheusrule.yaml");
        String made = """
                # Made from rules.yml; a test holds it there.
                apiVersion: monitoring.coreos.com/v1
                kind: PrometheusRule
                metadata:
                  name: state-hub-sidecar
                  labels:
                    app.kubernetes.io/part-of: state-hub
                spec:
                """
                + Files.readString(RuleFile.PATH)
                        .lines()
                        .dropWhile(line -> !line.equals("groups:"))
                        .map(line -> line.isEmpty() ? line : "  " + line)
                        .collect(Collectors.joining("\n", "", "\n"));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(object, made);
        }

        assertThat(object).exists().content().isEqualTo(made);
    }

    /** What Prometheus's own tool says. */
    @Nested
    class ByPromtool {

        @BeforeEach
        void promtool() {
            Program.require("promtool");
        }

        @Test
        void theRulesAreSound() {
            Program.Ended ended = Program.run(List.of("promtool", "check", "rules", RuleFile.PATH.toString()));

            assertThat(ended.code()).as(ended.output()).isZero();
        }

        @Test
        void everyAlertFiresAndIsSilentAsItShould() throws IOException {
            // Each by itself, so that they are spread over the cores.
            tests().parallelStream().forEach(file -> {
                Program.Ended ended = Program.run(List.of("promtool", "test", "rules", file.toString()));

                assertThat(ended.code()).as(ended.output()).isZero();
            });
        }

        @Test
        void aMetricOfAnotherNameMakesACaseFail(@TempDir Path directory) throws IOException {
            Path kubernetes = Files.createDirectories(directory.resolve("main/kubernetes/monitoring"));
            Path cases = Files.createDirectories(directory.resolve("test/prometheus"));
            Files.writeString(
                    kubernetes.resolve("rules.yml"),
                    Files.readString(RuleFile.PATH).replace("(statehub_nodes{", "(statehub_node{"));
            Path copied =
                    Files.copy(RuleFile.TESTS.resolve("kubernetes.test.yml"), cases.resolve("kubernetes.test.yml"));

            Program.Ended ended = Program.run(List.of("promtool", "test", "rules", copied.toString()));

            assertThat(ended.code()).isNotZero();
            assertThat(ended.output()).contains("StateHubNodeNotReady");
        }
    }

    /** The index is made of the rules; {@code -Dgolden.write=true} writes it. */
    @Test
    void theIndexOfRunbooksListsEveryAlert() throws IOException {
        Path index = Path.of("docs", "runbooks", "README.md");
        String made = """
                # Runbooks

                One for each alert of the [rules](../../src/main/kubernetes/monitoring/rules.yml), under its name. \
                What every metric means is in
                [metrics.md](../metrics.md), what can be found wrong in [findings.md](../findings.md).

                - `critical`: somebody gets up. Data is being lost, or is about to be, or nobody can write.
                - `warning`: somebody looks today. The next fault would be critical.
                - `info`: nobody has to act.

                | alert | severity |
                |---|---|
                """
                + alerts().stream()
                        .map(alert -> "| [%s](%s.md) | %s |%n".formatted(alert.name(), alert.name(), alert.severity()))
                        .collect(Collectors.joining());
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(index, made);
        }

        assertThat(index).exists().content().isEqualTo(made);
    }

    @Test
    void noRunbookIsLeftOfAnAlertThatIsGone() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("docs", "runbooks"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .containsExactlyInAnyOrderElementsOf(
                            alerts().stream().map(alert -> alert.name() + ".md").toList());
        }
    }
}
