package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.evidence.EvidenceException;
import io.statehub.sidecar.evidence.EvidenceItem;
import io.statehub.sidecar.evidence.EvidenceStore;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.probe.postgres.HeartbeatSchema;
import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import io.statehub.sidecar.testing.lab.StandInApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a process shows of a failover drill: signals. The rest is in DrilledLabIT. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
@Tag("tooling")
class FailoverDrillIT {

    private static final Duration DEADLINE = Duration.ofMinutes(3);

    private PostgresLab lab;
    private StandInApi api;

    @TempDir
    private Path directory;

    @BeforeAll
    void start() {
        lab = SharedLab.asNew();
        lab.primary()
                .server()
                .executeIn(LabRoles.DATABASE, HeartbeatSchema.script(LabRoles.HEARTBEAT_SCHEMA, LabRoles.SIDECAR));
        api = StandInApi.start(lab.writeUrl());
    }

    @AfterAll
    void end() {
        api.close();
    }

    @BeforeEach
    void heal() {
        lab.heal();
    }

    /** A drill that runs. */
    private final class Drill implements AutoCloseable {

        private final Path evidence;
        private final SidecarProcess process;

        Drill(Path evidence, String... options) {
            this.evidence = evidence;
            Map<String, String> environment = new HashMap<>(Map.of(
                    "STATEHUB_API_URL",
                    api.url(),
                    "STATEHUB_API_LIVENESS_TIMEOUT",
                    "450ms",
                    "STATEHUB_API_READINESS_TIMEOUT",
                    "900ms",
                    "STATEHUB_POSTGRES_URL",
                    lab.writeUrl(),
                    "STATEHUB_POSTGRES_MEMBERS",
                    lab.membersSetting(),
                    "STATEHUB_POSTGRES_READ_URL",
                    "jdbc:postgresql://" + lab.member("pg-3").address() + "/statehub",
                    "STATEHUB_POSTGRES_USERNAME",
                    LabRoles.SIDECAR,
                    "STATEHUB_POSTGRES_PASSWORD",
                    LabRoles.SIDECAR_PASSWORD,
                    "STATEHUB_PROBE_INTERVAL",
                    "500ms",
                    "STATEHUB_PROBE_DEADLINE",
                    "450ms"));
            List<String> arguments = new ArrayList<>(
                    List.of("drill", "failover", "--yes", "--progress=plain", "--evidence=" + evidence));
            arguments.addAll(List.of(options));
            process = SidecarProcess.command(environment, FreePorts.next(), arguments.toArray(String[]::new));
        }

        void awaitLine(String start) {
            await().atMost(DEADLINE)
                    .untilAsserted(() -> assertThat(process.errorLines())
                            .as(everything())
                            .anySatisfy(line -> assertThat(line).startsWith(start)));
        }

        String everything() {
            return process.output() + "\n" + String.join("\n", process.errorLines());
        }

        EvidenceItem filed() throws EvidenceException {
            EvidenceStore store = EvidenceStore.at(evidence);
            assertThat(store.verify()).as(everything()).isEmpty();
            List<EvidenceItem> items = store.items();
            assertThat(items).as(everything()).isNotEmpty();
            return items.get(items.size() - 1);
        }

        @Override
        public void close() {
            process.close();
        }
    }

    private Path evidence(String name) {
        return directory.resolve(name);
    }

    private String rowsOfDrills() {
        return lab.primary()
                .server()
                .queryIn(LabRoles.DATABASE, "SELECT count(*) FROM statehub_sidecar.canary")
                .orElseThrow();
    }

    @Test
    void aSignalEndsItWithAReportAndWithoutItsRows() throws EvidenceException {
        try (Drill drill = new Drill(evidence("signal"), "--trigger=command:true")) {
            drill.awaitLine("trigger over");
            drill.process.terminate();

            assertThat(drill.filed().verdict()).as(drill.everything()).isEqualTo(EvidenceVerdict.INCOMPLETE);
            assertThat(drill.filed().summary()).contains("the drill was stopped before its end");
            assertThat(rowsOfDrills()).isEqualTo("0");
        }
    }

    @Test
    void oneThatWasKilledIsReportedFromItsLedgerWithNothingLost() throws EvidenceException {
        try (Drill killed = new Drill(evidence("killed"), "--trigger=command:true")) {
            killed.awaitLine("trigger over");
            killed.process.kill();
        }
        assertThat(rowsOfDrills()).isNotEqualTo("0");
        try (Drill resumed = new Drill(evidence("killed"), "--resume")) {
            assertThat(resumed.process.awaitExit(DEADLINE).code())
                    .as(resumed.everything())
                    .isEqualTo(3);
            assertThat(resumed.filed().verdict()).isEqualTo(EvidenceVerdict.INCOMPLETE);
            assertThat(resumed.filed().summary()).contains("the drill was broken off before its end");
            assertThat(rowsOfDrills()).isEqualTo("0");
        }
    }
}
