package io.statehub.sidecar.exposure.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.statehub.sidecar.exposure.Scene;
import io.statehub.sidecar.exposure.StagedProfile;
import io.statehub.sidecar.snapshot.Stage;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What reaches the log of the process, at which level, and how often. */
@QuarkusTest
@TestProfile(StagedProfile.class)
class FailoverLogQuarkusTest {

    @Inject
    Stage stage;

    private static final class Kept extends Handler {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void publish(LogRecord logged) {
            if (logged.getMessage().startsWith("failover ")) {
                lines.add(logged.getLevel().getName() + " " + logged.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private List<String> logged(Scene scene) {
        Logger log = Logger.getLogger("io.statehub.sidecar");
        Kept kept = new Kept();
        log.addHandler(kept);
        try {
            scene.play(stage);
        } finally {
            log.removeHandler(kept);
        }
        return kept.lines;
    }

    @Test
    void splitBrainIsAWarningAndItsStateIsLoggedOnceThoughItLasts() {
        List<String> lines = logged(Scene.SPLIT_BRAIN);

        assertThat(lines)
                .filteredOn(line -> line.startsWith("WARN failover split_brain: "))
                .hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.contains("failover state "))
                .containsExactly("INFO failover state unknown -> stable", "INFO failover state stable -> split_brain");
    }

    @Test
    void failoverIsSummedUpOnceAtItsEnd() {
        List<String> lines = logged(Scene.FAILOVER_DONE_WITH_LOSS);

        assertThat(lines)
                .filteredOn(line -> line.contains("failover summary: "))
                .singleElement()
                .asString()
                .startsWith("INFO failover summary: failover; ");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("WARN failover primary_lost: "))
                .hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("WARN failover loss_found: "))
                .hasSize(1);
    }

    @Test
    void steadyClusterIsQuietAfterItsFirstRound() {
        assertThat(logged(Scene.STEADY)).hasSize(2);
    }
}
