package io.statehub.sidecar.testing.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("tooling")
@Timeout(600)
class PatroniLabIT {

    @BeforeAll
    static void needsPatroni() {
        PatroniLab.require();
    }

    @Test
    void lostLeaderIsReplacedAndReturnsAsAStandbyAndNothingIsLeftAfterClose() {
        PatroniLab lab = PatroniLab.start();
        try (lab) {
            PatroniNode lost = lab.leader();
            assertThat(lab.members()).hasSize(3);

            lab.killNode(lost.name());

            assertThat(lost.isRunning()).isFalse();
            assertThat(FreePorts.isFree(lost.port())).isTrue();
            assertThat(lab.leader()).isNotEqualTo(lost);
            lab.startNode(lost.name());
            lab.awaitStreaming();
            assertThat(lost.query("SELECT pg_is_in_recovery()")).contains("t");
        }
        assertThat(Files.exists(lab.directory())).isFalse();
        assertThat(ProcessTree.naming(lab.directory()).handles()).isEmpty();
    }
}
