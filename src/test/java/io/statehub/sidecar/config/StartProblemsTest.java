package io.statehub.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartProblemsTest {

    /** What the library finds wrong with these settings, in our words. */
    private static Optional<List<String>> problemsOf(Map<String, String> properties) {
        return problemsOf(properties, List.of());
    }

    private static Optional<List<String>> problemsOf(Map<String, String> properties, List<String> variables) {
        return StartProblems.of(
                new IllegalStateException(catchThrowable(() -> SettingsTree.mapped(properties))), variables);
    }

    private static Map<String, String> requiredWith(String name, String value) {
        Map<String, String> properties = new HashMap<>(SettingsTree.REQUIRED);
        properties.put(name, value);
        return properties;
    }

    @Test
    void aValueThatIsRejectedIsNamedWithWhatIsAllowed() {
        assertThat(problemsOf(requiredWith("statehub.probe.failures-to-down", "many")))
                .contains(List.of("statehub.probe.failures-to-down: 'many' is not allowed: it must be a whole number"
                        + " from 1 to 1000"));
    }

    @Test
    void ofAListTheElementThatIsRejectedIsNamed() {
        assertThat(problemsOf(requiredWith("statehub.api.expected-status", "200,999")))
                .contains(
                        List.of("statehub.api.expected-status: '999' is not allowed: it must be HTTP statuses from 100"
                                + " to 599 with commas between, such as 200,204"));
    }

    private static final String MISSING_URL =
            "statehub.postgres.url (STATEHUB_POSTGRES_URL) is not set: it must be " + Converters.JdbcUrl.ALLOWED;

    @Test
    void allThatIsMissingIsNamedAtOnceWithItsVariableAndWhatItMustBe() {
        assertThat(problemsOf(Map.of()))
                .contains(List.of(
                        MISSING_URL,
                        "statehub.postgres.members (STATEHUB_POSTGRES_MEMBERS) is not set: it must be "
                                + Converters.Member.ALLOWED + ", or statehub.postgres.discovery cnpg"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STATEHUB_POSTGRES_MEMBERS",
                "statehub.postgres.members",
                "STATEHUB_POSTGRES_DISCOVERY",
                "statehub.postgres.discovery",
                "QUARKUS_CONFIG_LOCATIONS"
            })
    void membersAreNotMissingWhereTheyAreSetOrDiscoveredOrMayBeInAFile(String name) {
        assertThat(problemsOf(Map.of(), List.of(name))).contains(List.of(MISSING_URL));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "statehub.postgres.username   | the name of a role",
                "statehub.kubernetes.watch    | at least one kind of object: set statehub.kubernetes.enabled to"
                        + " false for none",
                "statehub.api.expected-status | HTTP statuses from 100 to 599 with commas between, such as 200,204"
            })
    void aSettingThatMustNotBeEmptyIsNamedWithWhatItMustBe(String name, String allowed) {
        assertThat(problemsOf(requiredWith(name, "")))
                .contains(List.of(name + ": '' is not allowed: it must be " + allowed));
    }

    @Test
    void aValueOfSeveralLinesMakesOneLine() {
        assertThat(problemsOf(requiredWith("statehub.probe.interval", "1s\n2s")))
                .contains(List.of("statehub.probe.interval: '1s 2s' is not allowed: it must be a duration from 1ms to"
                        + " 24h, such as 500ms, 5s or 2m"));
    }

    @Test
    void misspeltVariablesAreReportedBesideWhatTheLibraryFinds() {
        assertThat(problemsOf(requiredWith("statehub.probe.interval", "soon"), List.of("STATEHUB_PROBE_X", "PATH")))
                .hasValueSatisfying(problems -> assertThat(problems)
                        .satisfiesExactly(
                                first -> assertThat(first).startsWith("statehub.probe.interval: 'soon'"),
                                second -> assertThat(second).startsWith("environment variable STATEHUB_PROBE_X")));
    }

    @Test
    void aKeyThatIsNoSettingIsNamedWithItsSourceAndItsGroup() {
        assertThat(problemsOf(requiredWith("statehub.readiness.gracee", "1s")))
                .contains(List.of(
                        "statehub.readiness.gracee (in PropertiesConfigSource[source=test]) is not a setting; allowed:"
                                + " statehub.readiness.database-policy, statehub.readiness.grace"));
    }

    @Test
    void contradictionsAreReportedAsTheyAre() {
        List<String> problems = List.of("one", "two");

        assertThat(StartProblems.of(new IllegalStateException(new InvalidSettingsException(problems)), List.of()))
                .contains(problems);
    }

    @Test
    void anotherFailureIsNoProblemOfTheSettings() {
        assertThat(StartProblems.of(new IllegalStateException("port in use"), List.of("STATEHUB_X")))
                .isEmpty();
    }

    @Test
    void aMessageOfAnUnknownFormIsKept() {
        assertThat(StartProblems.line("SRCFG99999: something new")).isEqualTo("SRCFG99999: something new");
    }
}
