package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.evidence.EvidenceException;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.probe.postgres.HeartbeatSchema;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.testing.lab.StandInApi;
import java.nio.file.Path;
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

    private StartedDrill drill(String evidence, String... options) {
        Map<String, String> settings = Map.of(
                "STATEHUB_POSTGRES_URL",
                lab.writeUrl(),
                "STATEHUB_POSTGRES_MEMBERS",
                lab.membersSetting(),
                "STATEHUB_POSTGRES_READ_URL",
                "jdbc:postgresql://" + lab.member("pg-3").address() + "/statehub");
        return StartedDrill.on(api, settings, directory.resolve(evidence), options);
    }

    private String rowsOfDrills() {
        return lab.primary()
                .server()
                .queryIn(LabRoles.DATABASE, "SELECT count(*) FROM statehub_sidecar.canary")
                .orElseThrow();
    }

    @Test
    void aSignalEndsItWithAReportAndWithoutItsRows() throws EvidenceException {
        try (StartedDrill drill = drill("signal", "--trigger=command:true")) {
            drill.awaitLine("trigger over");
            drill.process().terminate();

            assertThat(drill.filed().verdict()).as(drill.everything()).isEqualTo(EvidenceVerdict.INCOMPLETE);
            assertThat(drill.filed().summary()).contains("the drill was stopped before its end");
            assertThat(rowsOfDrills()).isEqualTo("0");
        }
    }

    @Test
    void oneThatWasKilledIsReportedFromItsLedgerWithNothingLost() throws EvidenceException {
        try (StartedDrill killed = drill("killed", "--trigger=command:true")) {
            killed.awaitLine("trigger over");
            killed.process().kill();
        }
        assertThat(rowsOfDrills()).isNotEqualTo("0");
        try (StartedDrill resumed = drill("killed", "--resume")) {
            assertThat(resumed.process().awaitExit(StartedDrill.DEADLINE).code())
                    .as(resumed.everything())
                    .isEqualTo(3);
            assertThat(resumed.filed().verdict()).isEqualTo(EvidenceVerdict.INCOMPLETE);
            assertThat(resumed.filed().summary()).contains("the drill was broken off before its end");
            assertThat(rowsOfDrills()).isEqualTo("0");
        }
    }
}
