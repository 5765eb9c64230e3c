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
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What panels show of what the failover of MonitoringIT has none of: a split brain, and a loss. */
@QuarkusTest
@TestProfile(StagedProfile.class)
class DashboardValuesQuarkusTest {

    @Inject
    Stage stage;

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void promtool() {
        Program.require("promtool");
    }

    @ParameterizedTest
    @CsvSource({
        "SPLIT_BRAIN, failover.json / Split brain / 0, 1",
        "SPLIT_BRAIN, failover.json / State / 0, 7",
        "FAILOVER_DONE_WITH_LOSS, failover.json / Lost heartbeats / 0, 2"
    })
    void aPanelShowsWhatIsTrueThen(Scene scene, String panel, String value) throws IOException {
        Map<String, String> queries = new TreeMap<>(Monitored.dashboardQueries());
        scene.play(stage);
        Program.Ended ended = ConstantSeries.test(directory, """
                    promql_expr_test:
                      - {expr: '%s', eval_time: 5m, exp_samples: [{labels: '{}', value: %s}]}
                """.formatted(queries.get(panel), value));

        assertThat(ended.code()).as(ended.output()).isZero();
    }
}
