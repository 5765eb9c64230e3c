package io.statehub.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentCheckTest {

    @Test
    void theVariableOfEverySettingIsAllowed() {
        assertThat(SettingNames.VARIABLES).contains("STATEHUB_API_URL").hasSameSizeAs(SettingNames.ALL);
        assertThat(EnvironmentCheck.problems(SettingNames.VARIABLES)).isEmpty();
    }

    @Test
    void aMisspeltVariableIsFoundWithThoseOfItsGroup() {
        assertThat(EnvironmentCheck.problems(List.of("STATEHUB_READINESS_GRACEPERIOD")))
                .containsExactly("environment variable STATEHUB_READINESS_GRACEPERIOD is not a setting; allowed:"
                        + " STATEHUB_READINESS_DATABASE_POLICY, STATEHUB_READINESS_GRACE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STATEHUB_", "STATEHUB_URL", "STATEHUB_PROBES_INTERVAL"})
    void aVariableOfNoGroupIsFoundWithSomethingThatIsAllowed(String variable) {
        assertThat(EnvironmentCheck.problems(List.of(variable)))
                .singleElement()
                .asString()
                .startsWith("environment variable " + variable + " is not a setting; allowed: STATEHUB_")
                .contains("STATEHUB_API_", "STATEHUB_READINESS_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STATEHUB_SERVICE_HOST",
                "STATEHUB_SERVICE_PORT",
                "STATEHUB_SERVICE_PORT_HTTP",
                "STATEHUB_PORT",
                "STATEHUB_PORT_8000_TCP",
                "STATEHUB_API_PORT",
                "STATEHUB_API_PORT_80_TCP",
                "STATEHUB_API_PORT_80_TCP_PROTO",
                "STATEHUB_API_PORT_80_TCP_PORT",
                "STATEHUB_API_PORT_80_TCP_ADDR",
                "STATEHUB_API_SERVICE_HOST",
                "STATEHUB_API_SERVICE_PORT_METRICS",
                "STATEHUB_PG_RW_PORT_5432_TCP_ADDR",
                "STATEHUB_DNS_PORT_53_UDP"
            })
    void whatKubernetesSetsForAServiceIsNoError(String variable) {
        assertThat(EnvironmentCheck.problems(List.of(variable))).isEmpty();
    }

    @Test
    void variablesOfOthersAreLeftAlone() {
        assertThat(EnvironmentCheck.problems(List.of("PATH", "STATE_HUB_URL", "STATEHUBX_URL", "QUARKUS_HTTP_PORT")))
                .isEmpty();
    }

    @Test
    void everyMisspeltVariableIsFoundInTheOrderOfTheirNames() {
        assertThat(EnvironmentCheck.problems(List.of("STATEHUB_PROBE_Z", "STATEHUB_API_URL", "STATEHUB_PROBE_A")))
                .satisfiesExactly(
                        first -> assertThat(first).contains("STATEHUB_PROBE_A"),
                        second -> assertThat(second).contains("STATEHUB_PROBE_Z"));
    }
}
