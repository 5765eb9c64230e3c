package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.statehub.sidecar.evidence.EvidenceException;
import io.statehub.sidecar.evidence.EvidenceItem;
import io.statehub.sidecar.evidence.EvidenceStore;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.IndependentClient;
import io.statehub.sidecar.testing.lab.IndependentClient.Outage;
import io.statehub.sidecar.testing.lab.LabMember;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.PostgresServer;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged sidecar's failover drill on a real cluster, beside a client that knows nothing of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
class FailoverDrillIT {

    private static final Duration DEADLINE = Duration.ofMinutes(3);

    /** A try of the drill and one of the client may fall on either side of the same moment. */
    private static final Duration ONE_TRY = Duration.ofSeconds(1);

    private PostgresLab lab;
    private StandInApi api;

    @TempDir
    private Path directory;

    @BeforeAll
    void start() {
        lab = SharedLab.asNew();
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

        Drill(Path evidence, Map<String, String> extra, String... options) {
            this.evidence = evidence;
            Map<String, String> environment = new HashMap<>(Map.of(
                    "STATEHUB_API_URL",
                    api.url(),
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
            environment.putAll(extra);
            List<String> arguments = new ArrayList<>(
                    List.of("drill", "failover", "--yes", "--progress=plain", "--evidence=" + evidence));
            arguments.addAll(List.of(options));
            process = SidecarProcess.command(environment, FreePorts.next(), arguments.toArray(String[]::new));
        }

        void awaitLine(String start) {
            await().atMost(DEADLINE)
                    .untilAsserted(() -> assertThat(process.errorLines())
                            .anySatisfy(line -> assertThat(line).startsWith(start)));
        }

        int exitCode() {
            return process.awaitExit(DEADLINE).code();
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

        JsonPath figures() throws EvidenceException {
            Path file = EvidenceStore.at(evidence).folderOf(filed()).resolve("report.json");
            return JsonPath.from(file.toFile()).setRootPath("figures");
        }

        @Override
        public void close() {
            process.close();
        }
    }

    private Path evidence(String name) {
        return directory.resolve(name);
    }

    private static Duration seconds(Object figure) {
        return Duration.ofNanos((long) (Double.parseDouble(figure.toString()) * 1e9));
    }

    private List<Long> rowsOfDrills() {
        return List.of(Long.parseLong(lab.primary()
                .server()
                .queryIn(LabRoles.DATABASE, "SELECT count(*) FROM statehub_sidecar.canary")
                .orElseThrow()));
    }

    @Test
    void aKilledPrimaryCostsWhatAnIndependentClientMeasuresAndLosesNothing() throws EvidenceException {
        lab.primary().server().synchronous(true);
        PostgresServer old = lab.primary().server();
        LabMember next = lab.bestStandby().orElseThrow();
        Outage outage;
        try (IndependentClient client = IndependentClient.start(lab.writeUrl());
                Drill drill = new Drill(
                        evidence("kill"), Map.of(), "--trigger=command:kill -9 " + old.pid() + "; echo killed it")) {
            client.awaitAcknowledgement();
            drill.awaitLine("primary_lost");
            old.synchronous(false);
            lab.failover(next);
            client.awaitAcknowledgement();
            outage = client.longestOutage().orElseThrow();
            lab.heal();

            assertThat(drill.exitCode()).as(drill.everything()).isZero();
            assertThat(drill.filed().verdict()).isEqualTo(EvidenceVerdict.PASSED);
            JsonPath figures = drill.figures();
            assertThat(figures.getList("lost")).isEmpty();
            assertThat(figures.getLong("acked")).isPositive();
            assertThat(seconds(figures.get("outages.write.lowerSeconds")).minus(ONE_TRY))
                    .isLessThanOrEqualTo(outage.measured().plus(outage.error()));
            assertThat(seconds(figures.get("outages.write.upperSeconds")).plus(ONE_TRY))
                    .isGreaterThanOrEqualTo(outage.measured().minus(outage.error()));
            assertThat(EvidenceStore.at(evidence("kill"))
                            .folderOf(drill.filed())
                            .resolve("report.md"))
                    .content()
                    .contains("killed it", "promoted", "command: kill -9 " + old.pid())
                    .doesNotContain(LabRoles.SIDECAR_PASSWORD);
            assertThat(rowsOfDrills()).containsOnly(0L);
        }
    }
}
