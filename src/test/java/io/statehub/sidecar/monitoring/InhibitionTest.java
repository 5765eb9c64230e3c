package io.statehub.sidecar.monitoring;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.statehub.sidecar.testing.prometheus.Alertmanager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One cause is one notification, by a real Alertmanager with the configuration that is shipped. */
class InhibitionTest {

    private static final Path CONFIGURATION = RuleFile.MONITORING.resolve("alertmanager.yml");
    private static final Path OBJECT = RuleFile.MONITORING.resolve("alertmanagerconfig.yaml");
    private static final Pattern MATCHER = Pattern.compile("(\\w+) (=~|=) \"([^\"]*)\"");
    private static final Pattern GROUP_WAIT = Pattern.compile("group_wait: (\\d+)s\n");
    private static final Pattern ALERT = Pattern.compile("StateHub\\w+");

    @TempDir
    private static Path directory = Path.of("");

    private static @Nullable Alertmanager started;

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
            started = null;
        }
    }

    /** One for all cases, each of which has a cluster of its own. */
    private static Alertmanager alertmanager() {
        Alertmanager.require();
        Alertmanager running = started;
        if (running == null) {
            running = Alertmanager.start(directory, CONFIGURATION);
            started = running;
        }
        return running;
    }

    private static void assertNotified(String cluster, String... alerts) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(alertmanager().notified(cluster)).containsExactlyInAnyOrder(alerts));
    }

    /**
     * Prometheus sends what fires as often as it evaluates. What silences another would else arrive as that is to be
     * notified of: too late for this notification, and early enough to silence it.
     */
    @ParameterizedTest
    @ValueSource(ints = {5, 10, 15, 20, 30, 60})
    void theFirstNotificationDoesNotCoincideWithAnEvaluation(int everySeconds) throws IOException {
        Matcher wait = GROUP_WAIT.matcher(Files.readString(CONFIGURATION));

        assertThat(wait.find()).isTrue();
        assertThat(Integer.parseInt(wait.group(1)) % everySeconds).isBetween(1, everySeconds - 1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a killed primary          | StateHubNoPrimary | StateHubNoPrimary StateHubFailoverTooLong"
                        + " StateHubMemberDown:member=pg-1 StateHubNotRedundant StateHubUnprotected StateHubRpoAtRisk"
                        + " StateHubStandbyNotStreaming:member=pg-2 StateHubReplicationLagUnknown:member=pg-2"
                        + " StateHubErrorBudgetBurnFast:service=write StateHubErrorBudgetBurn:service=write"
                        + " StateHubApiDown:check=readiness StateHubStatusUnknown:scope=replication",
                "a split brain             | StateHubSplitBrain | StateHubSplitBrain StateHubWritesMisrouted"
                        + " StateHubMemberDown:member=pg-1 StateHubStandbyNotStreaming:member=pg-2"
                        + " StateHubErrorBudgetBurn:service=write",
                "no primary, and the API is unknown | StateHubNoPrimary StateHubStatusUnknown | StateHubNoPrimary"
                        + " StateHubStatusUnknown:scope=database StateHubStatusUnknown:scope=api",
                "a lost node with a standby | StateHubNodeNotReady | StateHubNodeNotReady"
                        + " StateHubMemberDown:member=pg-3 StateHubVolumeDegraded:member=pg-2"
                        + " StateHubStandbyNotStreaming:member=pg-3",
                "a standby that hangs      | StateHubMemberDown | StateHubMemberDown:member=pg-2"
                        + " StateHubReplicationLagUnknown:member=pg-2 StateHubReplicationStale:member=pg-2",
                "two standbys for two reasons | StateHubMemberDown StateHubReplicationLagBytes |"
                        + " StateHubMemberDown:member=pg-2 StateHubReplicationLagBytes:member=pg-3",
                "no copy at all            | StateHubUnprotected | StateHubUnprotected StateHubNotRedundant"
                        + " StateHubRpoAtRisk",
                "an API that hangs         | StateHubApiDown | StateHubApiDown:check=liveness StateHubApiSlow"
                        + " StateHubErrorBudgetBurnFast:service=api",
                "an API that hangs while writes burn their budget | StateHubApiDown StateHubErrorBudgetBurn |"
                        + " StateHubApiDown:check=liveness StateHubErrorBudgetBurn:service=write",
                "a backup beside all of it | StateHubNoPrimary StateHubBackupTooOld | StateHubNoPrimary"
                        + " StateHubBackupTooOld StateHubNotRedundant"
            })
    void oneCauseIsNotifiedOnce(String what, String notified, String firing) {
        alertmanager()
                .fire(Arrays.stream(firing.strip().split(" ", -1))
                        .map(alert -> labels(what, alert))
                        .toList());

        assertNotified(what, notified.split(" ", -1));
    }

    /** {@code StateHubMemberDown:member=pg-1} in a cluster. */
    private static Map<String, String> labels(String cluster, String alert) {
        Map<String, String> labels = new HashMap<>(Map.of("namespace", "state-hub", "cluster", cluster));
        String[] parts = alert.split(":", -1);
        labels.put("alertname", parts[0]);
        for (int i = 1; i < parts.length; i++) {
            String[] label = parts[i].split("=", -1);
            labels.put(label[0], label[1]);
        }
        return labels;
    }

    @Test
    void anotherClusterIsNotSilenced() {
        alertmanager()
                .fire(List.of(
                        labels("one", "StateHubNoPrimary"),
                        labels("one", "StateHubMemberDown:member=pg-1"),
                        labels("other", "StateHubMemberDown:member=pg-1")));

        assertNotified("one", "StateHubNoPrimary");
        assertNotified("other", "StateHubMemberDown");
    }

    @Test
    void everyAlertThatIsNamedIsOneOfTheRules() {
        Set<String> known = RuleFile.alerts().stream().map(RuleFile.Alert::name).collect(toSet());

        assertThat(rules().flatMap(rule -> Stream.of(rule.path("source_matchers"), rule.path("target_matchers")))
                        .flatMap(RuleFile::each)
                        .flatMap(matcher -> named(matcher.asText())))
                .isNotEmpty()
                .allSatisfy(pattern -> assertThat(known).anyMatch(name -> name.matches(pattern)));
    }

    /** The alternatives of a matcher on the name, each as a pattern of its own. */
    private static Stream<String> named(String matcher) {
        if (!matcher.startsWith("alertname")) {
            return Stream.empty();
        }
        Matcher group = Pattern.compile("StateHub\\(([^)]*)\\)").matcher(matcher);
        return group.find()
                ? Arrays.stream(group.group(1).split("\\|")).map(name -> "StateHub" + name)
                : ALERT.matcher(matcher).results().map(MatchResult::group);
    }

    private static Stream<JsonNode> rules() {
        return RuleFile.each(RuleFile.read(CONFIGURATION).path("inhibit_rules"));
    }

    /** With {@code -Dgolden.write=true} it is written. */
    @Test
    void theObjectForTheOperatorHoldsTheSameRules() throws IOException {
        YAMLMapper yaml = YAMLMapper.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .build();
        ObjectNode object = yaml.createObjectNode();
        object.put("apiVersion", "monitoring.coreos.com/v1alpha1").put("kind", "AlertmanagerConfig");
        object.putObject("metadata").put("name", "state-hub-sidecar");
        ArrayNode rules = object.putObject("spec").putArray("inhibitRules");
        rules().forEach(rule -> {
            ObjectNode made = rules.addObject();
            matchers(rule.path("source_matchers"), made.putArray("sourceMatch"));
            matchers(rule.path("target_matchers"), made.putArray("targetMatch"));
            made.set("equal", rule.path("equal"));
        });
        String text =
                "# Made from alertmanager.yml; a test holds it there. It belongs into the namespace of the cluster"
                        + " that is watched.\n"
                        + yaml.writeValueAsString(object);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(OBJECT, text);
        }

        assertThat(OBJECT).exists().content().isEqualTo(text);
    }

    private static void matchers(JsonNode from, ArrayNode to) {
        RuleFile.each(from).forEach(text -> {
            Matcher matcher = MATCHER.matcher(text.asText());
            assertThat(matcher.matches()).as(text.asText()).isTrue();
            to.addObject()
                    .put("name", matcher.group(1))
                    .put("matchType", matcher.group(2))
                    .put("value", matcher.group(3));
        });
    }
}
