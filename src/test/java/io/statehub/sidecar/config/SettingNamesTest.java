package io.statehub.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingNamesTest {

    @Test
    void everySettingOfTheInterfaceIsNamedAndNoOther() {
        assertThat(SettingNames.ALL).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(SettingsTree.names());
    }

    @Test
    void anEnvironmentVariableIsTheNameInCapitalsWithUnderscores() {
        assertThat(SettingNames.environmentVariable("statehub.api.max-body-bytes"))
                .isEqualTo("STATEHUB_API_MAX_BODY_BYTES");
    }

    @Test
    void noTwoSettingsShareAnEnvironmentVariable() {
        assertThat(SettingNames.ALL.stream().map(SettingNames::environmentVariable))
                .doesNotHaveDuplicates();
    }

    @Test
    void insteadOfANameInAGroupTheGroupIsAllowed() {
        assertThat(SettingNames.allowedInsteadOf("statehub.readiness.gracee"))
                .isEqualTo("statehub.readiness.database-policy, statehub.readiness.grace");
    }

    @Test
    void insteadOfANameInNoGroupTheGroupsAreAllowed() {
        assertThat(SettingNames.allowedInsteadOf("statehub.readyness.grace"))
                .isEqualTo("statehub.api.*, statehub.heartbeat.*, statehub.journal.*, statehub.kubernetes.*,"
                        + " statehub.objectives.*, statehub.page.*, statehub.postgres.*, statehub.probe.*,"
                        + " statehub.readiness.*, statehub.replication.*");
    }
}
