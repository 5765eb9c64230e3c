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
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What panels show while all is well, in an outage and after it. Statuses are 0 up, 1 degraded, 2 unknown, 3 down. */
@QuarkusTest
@TestProfile(StagedProfile.class)
class DashboardValuesTest {

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
        "HEARTBEATS, overview.json / Write path / 0, 0",
        "FAILOVER_RUNNING, overview.json / Write path / 0, 3",
        "FAILOVER_DONE_WITH_LOSS, overview.json / Write path / 0, 0",
        "HEARTBEATS, overview.json / Verdict / 0, 0",
        "FAILOVER_RUNNING, overview.json / Verdict / 0, 3",
        "FAILOVER_DONE_WITH_LOSS, overview.json / Verdict / 0, 0",
        "HEARTBEATS, overview.json / Writes out now / 0, ''",
        "FAILOVER_DONE_WITH_LOSS, overview.json / Writes out now / 0, ''",
        "HEARTBEATS, failover.json / State / 0, 1",
        "FAILOVER_RUNNING, failover.json / State / 0, 3",
        "FAILOVER_DONE_WITH_LOSS, failover.json / State / 0, 1",
        "HEARTBEATS, failover.json / Split brain / 0, 0",
        "SPLIT_BRAIN, failover.json / Split brain / 0, 1",
        "HEARTBEATS, failover.json / Lost heartbeats / 0, ''",
        "FAILOVER_DONE_WITH_LOSS, failover.json / Lost heartbeats / 0, 2"
    })
    void aPanelShowsWhatIsTrueThen(Scene scene, String panel, String value) throws IOException {
        Map<String, String> queries = new TreeMap<>(Monitored.dashboardQueries());
        scene.play(stage);
        String samples = Arrays.stream(value.split(" ", -1))
                .filter(sample -> !sample.isEmpty())
                .map(sample -> "{labels: '{}', value: " + sample + "}")
                .collect(Collectors.joining(", ", "[", "]"));

        Program.Ended ended = ConstantSeries.test(directory, """
                    promql_expr_test:
                      - {expr: '%s', eval_time: 5m, exp_samples: %s}
                """.formatted(queries.get(panel), samples));

        assertThat(ended.code()).as(ended.output()).isZero();
    }
}
