package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeartbeatSchemaTest {

    @Test
    void schemaAndRoleAreThoseThatAreGiven() {
        assertThat(HeartbeatSchema.script("beats", "Watcher"))
                .contains("CREATE SCHEMA IF NOT EXISTS \"beats\";")
                .contains("GRANT USAGE ON SCHEMA \"beats\" TO \"Watcher\";")
                .doesNotContain("statehub_sidecar", "state_hub_sidecar");
    }

    @Test
    void aNameThatContainsTheOthersDefaultIsKept() {
        assertThat(HeartbeatSchema.script("state_hub_sidecar", "statehub_sidecar"))
                .contains("GRANT USAGE ON SCHEMA \"state_hub_sidecar\" TO \"statehub_sidecar\";");
    }

    @Test
    void thereIsNoAdviceToReplaceNamesThatAreReplacedAlready() {
        assertThat(HeartbeatSchema.script("beats", "watcher"))
                .doesNotContainIgnoringCase("replace")
                .contains("-f heartbeat.sql\n--\n-- Run twice, it changes nothing.\n\nCREATE SCHEMA");
    }

    @Test
    void theVersionThatIsWrittenIsTheOneThatIsRead() {
        assertThat(HeartbeatSchema.script("beats", "watcher")).contains("SELECT " + HeartbeatSchema.VERSION + " WHERE");
    }

    @Test
    void aHostWhoseNameIsNoWriterGivesOneAllTheSame() {
        assertThat(HeartbeatWriter.fit("pod-1.api")).isEqualTo("pod-1.api");
        assertThat(HeartbeatWriter.fit("my mac's")).isEqualTo("my-mac-s");
        assertThat(HeartbeatWriter.fit("a".repeat(300))).hasSize(253);
    }
}
