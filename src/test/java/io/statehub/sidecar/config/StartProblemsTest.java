package io.statehub.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smallrye.config.ConfigValidationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartProblemsTest {

    /** Why the library refuses these settings, in our words. */
    private static List<String> problemsOf(Map<String, String> properties) {
        return problemsOf(properties, List.of());
    }

    private static List<String> problemsOf(Map<String, String> properties, List<String> variables) {
        return StartProblems.of(
                catchThrowableOfType(ConfigValidationException.class, () -> SettingsTree.mapped(properties)),
                SettingsTree.written(properties).build(),
                variables);
    }

    private static Map<String, String> requiredWith(String name, String value) {
        Map<String, String> properties = new HashMap<>(SettingsTree.REQUIRED);
        properties.put(name, value);
        return properties;
    }

    @Test
    void aValueThatIsRejectedIsNamedWithWhatIsAllowed() {
        assertThat(problemsOf(requiredWith("statehub.probe.failures-to-down", "many")))
                .containsExactly("statehub.probe.failures-to-down: 'many' is not allowed: it must be a whole number"
                        + " from 1 to 1000");
    }

    @Test
    void ofAListTheElementThatIsRejectedIsNamed() {
        assertThat(problemsOf(requiredWith("statehub.api.expected-status", "200,999")))
                .containsExactly("statehub.api.expected-status: '999' is not allowed: it must be HTTP statuses from 100"
                        + " to 599 with commas between, such as 200,204");
    }

    private static final String MISSING_URL =
            "statehub.postgres.url (STATEHUB_POSTGRES_URL) is not set: it must be jdbc:postgresql://host:port/database"
                    + " with no parameters, which are settings of their own";

    @Test
    void allThatIsMissingIsNamedAtOnceWithItsVariableAndWhatItMustBe() {
        assertThat(problemsOf(Map.of()))
                .containsExactly(
                        MISSING_URL,
                        "statehub.postgres.members (STATEHUB_POSTGRES_MEMBERS) is not set: it must be "
                                + new Converters.Member().allowed() + ", or statehub.postgres.discovery cnpg");
    }

    @ParameterizedTest
    @CsvSource({
        "statehub.postgres.members,    pg-1=10.0.0.1:5432",
        "statehub.postgres.members[0], pg-1=10.0.0.1:5432",
        "statehub.postgres.discovery,  cnpg"
    })
    void membersAreNotMissingWhereTheyAreSetOrDiscovered(String name, String value) {
        assertThat(problemsOf(Map.of(name, value))).containsExactly(MISSING_URL);
    }

    @Test
    void ofEachSettingAndOfEachOfItsValuesAllThatIsWrongIsToldAtOnce() {
        assertThat(problemsOf(Map.of(
                        "statehub.probe.interval", "soon",
                        "statehub.heartbeat.enabled", "yes",
                        "statehub.postgres.members", "pg-1,pg-2=10.0.0.2:5432,=host")))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("statehub.heartbeat.enabled: 'yes'"),
                        second -> assertThat(second).startsWith("statehub.postgres.members: 'pg-1'"),
                        third -> assertThat(third).startsWith("statehub.postgres.members: '=host'"),
                        fourth -> assertThat(fourth).isEqualTo(MISSING_URL),
                        fifth -> assertThat(fifth).startsWith("statehub.probe.interval: 'soon'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "statehub.postgres.username   | the name of a role, at most 63 characters without quotes",
                "statehub.kubernetes.watch    | at least one kind of object: set statehub.kubernetes.enabled to"
                        + " false for none",
                "statehub.api.expected-status | HTTP statuses from 100 to 599 with commas between, such as 200,204"
            })
    void aSettingThatMustNotBeEmptyIsNamedWithWhatItMustBe(String name, String allowed) {
        assertThat(problemsOf(requiredWith(name, "")))
                .containsExactly(name + ": '' is not allowed: it must be " + allowed);
    }

    @Test
    void aValueOfSeveralLinesMakesOneLine() {
        assertThat(problemsOf(requiredWith("statehub.probe.interval", "1s\n2s")))
                .containsExactly("statehub.probe.interval: '1s 2s' is not allowed: it must be a duration from 1ms to"
                        + " 24h, such as 500ms, 5s or 2m");
    }

    @Test
    void misspeltVariablesAreReportedBesideWhatTheLibraryFinds() {
        assertThat(problemsOf(requiredWith("statehub.probe.interval", "soon"), List.of("STATEHUB_PROBE_X", "PATH")))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("statehub.probe.interval: 'soon'"),
                        second -> assertThat(second).startsWith("environment variable STATEHUB_PROBE_X"));
    }

    @Test
    void aKeyThatIsNoSettingIsNamedWithItsSourceAndItsGroup() {
        assertThat(problemsOf(requiredWith("statehub.readiness.gracee", "1s")))
                .containsExactly(
                        "statehub.readiness.gracee (in PropertiesConfigSource[source=test]) is not a setting; allowed:"
                                + " statehub.readiness.database-policy, statehub.readiness.grace");
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
    void whatIsWrongWithSomethingElseIsToldInTheLibrarysWords() {
        ConfigValidationException refusal = new ConfigValidationException(
                new ConfigValidationException.Problem[] {new ConfigValidationException.Problem("something new")});

        assertThat(StartProblems.of(
                        refusal, SettingsTree.written(SettingsTree.REQUIRED).build(), List.of()))
                .containsExactly("something new");
    }
}
