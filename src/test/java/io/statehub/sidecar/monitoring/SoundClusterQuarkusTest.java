package io.statehub.sidecar.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.statehub.sidecar.exposure.Scene;
import io.statehub.sidecar.exposure.StagedProfile;
import io.statehub.sidecar.snapshot.Stage;
import io.statehub.sidecar.testing.Program;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A cluster with which nothing is wrong and of which nothing is asked: everything that its sidecar exports, for half an
 * hour.
 */
@QuarkusTest
@TestProfile(StagedProfile.class)
class SoundClusterQuarkusTest {

    @Inject
    Stage stage;

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void promtool() {
        Program.require("promtool");
    }

    /**
     * What promtool says of a Prometheus that scrapes this exposition all the time: whether no alert is even pending.
     */
    private Program.Ended noAlertDuring(Scene scene) throws IOException {
        scene.play(stage);
        return ConstantSeries.test(directory, """
                    promql_expr_test:
                      - {expr: 'count by (alertname) (ALERTS)', eval_time: 10m, exp_samples: []}
                      - {expr: 'count by (alertname) (ALERTS)', eval_time: 30m, exp_samples: []}
                """);
    }

    @ParameterizedTest
    @EnumSource(names = {"HEARTBEATS", "ASYNCHRONOUS"})
    void noAlertIsEvenPending(Scene scene) throws IOException {
        Program.Ended ended = noAlertDuring(scene);

        assertThat(ended.code()).as(ended.output()).isZero();
    }

    @Test
    void aClusterWithoutAPrimaryIsNotSound() throws IOException {
        Program.Ended ended = noAlertDuring(Scene.FAILOVER_RUNNING);

        assertThat(ended.code()).isNotZero();
        assertThat(ended.output()).contains("StateHubNoPrimary");
    }
}
