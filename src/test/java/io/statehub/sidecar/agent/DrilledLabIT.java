package io.statehub.sidecar.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.statehub.sidecar.assessment.Assessor;
import io.statehub.sidecar.cli.drill.Looking;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.config.SettingsTree;
import io.statehub.sidecar.drill.Audience;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.DrillView;
import io.statehub.sidecar.drill.FollowedCluster;
import io.statehub.sidecar.drill.RunOptions;
import io.statehub.sidecar.drill.failover.Conclusion;
import io.statehub.sidecar.drill.failover.FailoverDrill;
import io.statehub.sidecar.drill.failover.Means;
import io.statehub.sidecar.drill.trigger.CommandTrigger;
import io.statehub.sidecar.evidence.EvidenceException;
import io.statehub.sidecar.evidence.EvidenceItem;
import io.statehub.sidecar.evidence.EvidenceStore;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.failover.WriteLedger;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.observation.kubernetes.DrilledFailover;
import io.statehub.sidecar.probe.api.ApiProbe;
import io.statehub.sidecar.probe.postgres.HeartbeatSchema;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.SnapshotListener;
import io.statehub.sidecar.snapshot.Snapshots;
import io.statehub.sidecar.testing.lab.IndependentClient;
import io.statehub.sidecar.testing.lab.IndependentClient.Outage;
import io.statehub.sidecar.testing.lab.LabMember;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.PostgresServer;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.testing.lab.StandInApi;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Failover drills of a real cluster, in this process: what only the packaged program shows is in FailoverDrillIT. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
class DrilledLabIT {

    private static final TimeSource TIME = TimeSource.system();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A try of the drill and one of the client may fall on either side of the same moment. */
    private static final Duration ONE_TRY = Duration.ofSeconds(1);

    private final Vertx vertx = Vertx.vertx();
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
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void heal() {
        lab.members().forEach(member -> member.server().synchronous(false));
        lab.heal();
    }

    private Settings settings(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "statehub.api.url",
                api.url(),
                "statehub.api.readiness-timeout",
                "900ms",
                "statehub.postgres.url",
                lab.writeUrl(),
                "statehub.postgres.members",
                lab.membersSetting(),
                "statehub.postgres.read-url",
                "jdbc:postgresql://" + lab.member("pg-3").address() + "/statehub",
                "statehub.postgres.username",
                LabRoles.SIDECAR,
                "statehub.postgres.password",
                LabRoles.SIDECAR_PASSWORD,
                "statehub.kubernetes.enabled",
                "false",
                "statehub.probe.interval",
                "500ms",
                "statehub.probe.deadline",
                "450ms"));
        properties.putAll(more);
        return SettingsTree.mappedWith(properties);
    }

    /** A drill that runs on a thread of its own. */
    private final class Running implements Audience {

        private final List<String> told = new CopyOnWriteArrayList<>();
        private final Path evidence;
        private final FailoverDrill drill;
        private final Means means;
        private final CompletableFuture<Integer> code;
        private final List<DrilledFailover> noted = new CopyOnWriteArrayList<>();

        Running(String name, String command, Duration deadline, boolean anyway, Map<String, String> more) {
            Settings settings = settings(more);
            evidence = directory.resolve(name);
            means = new Means(
                    settings,
                    TIME,
                    listener -> watching(settings, listener),
                    check -> new ApiProbe(check, settings.api(), vertx),
                    new CommandTrigger(command),
                    what -> {
                        noted.add(what);
                        return Optional.of("written down");
                    });
            String id = String.format("%016x", name.hashCode());
            drill = new FailoverDrill(
                    means, new RunOptions(id, "test", "0 on nowhere", 20, deadline, evidence, anyway), this);
            code = CompletableFuture.supplyAsync(() -> {
                try {
                    return drill.run(false);
                } catch (DrillException e) {
                    told.add(e.getMessage());
                    return 2;
                }
            });
        }

        void awaitTold(String start) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(told).anySatisfy(line -> assertThat(line).startsWith(start)));
        }

        int exitCode() {
            await().atMost(PATIENCE).until(code::isDone);
            return code.join();
        }

        EvidenceItem filed() throws EvidenceException {
            EvidenceStore store = EvidenceStore.at(evidence);
            assertThat(store.verify()).isEmpty();
            assertThat(store.items()).as("%s", told).hasSize(1);
            return store.items().get(0);
        }

        JsonPath figures() throws EvidenceException {
            return JsonPath.from(EvidenceStore.at(evidence)
                            .folderOf(filed())
                            .resolve("report.json")
                            .toFile())
                    .setRootPath("figures");
        }

        Path ledger() throws IOException {
            try (Stream<Path> files = Files.list(evidence.resolve(".drills"))) {
                return files.findFirst().orElseThrow();
            }
        }

        @Override
        public void say(String text) {
            told.add(text);
        }

        @Override
        public boolean agrees() {
            return true;
        }

        @Override
        public void begins() {
            told.add("begins");
        }

        @Override
        public void see(DrillView view) {
            assertThat(view.lines()).isNotEmpty();
            assertThat(view.line()).contains("acks/s");
        }

        @Override
        public void happened(String line) {
            told.add(line);
        }

        @Override
        public void over() {}
    }

    private static FollowedCluster watching(Settings settings, SnapshotListener listener) {
        Assessor assessor = new Assessor(AssessmentPolicies.of(settings));
        FailoverTracker tracker = new FailoverTracker(new Objectives(
                settings.objectives().rto(), settings.objectives().rpo()));
        ObservationRound nothing = ObservationRound.none(
                TIME.now(),
                settings.postgres().fixedMembers().stream()
                        .map(member -> member.name())
                        .toList());
        AgentSnapshot first = AgentSnapshot.first(
                nothing, assessor, Tracking.begin(nothing.at(), WriteLedger.empty(1000)), tracker.objectives());
        Snapshots snapshots = new Snapshots(TIME, AgentSetup.allowances(settings), first);
        Lookout lookout = new Lookout(settings, assessor, tracker, snapshots, TIME, () -> {
            throw new IllegalStateException("Kubernetes is not asked");
        });
        return new Looking(lookout, listener);
    }

    private String rows(PostgresServer server, String what) {
        return server.queryIn(LabRoles.DATABASE, "SELECT " + what + " FROM statehub_sidecar.canary")
                .orElseThrow();
    }

    private static Duration seconds(JsonPath figures, String name) {
        return Duration.ofNanos((long) (Double.parseDouble(figures.get(name).toString()) * 1e9));
    }

    @Test
    void aKilledPrimaryCostsWhatAnIndependentClientMeasuresAndLosesNothing() throws EvidenceException {
        // Else what had not reached a standby by then would be lost, as asynchronous replication has it.
        lab.members().forEach(member -> member.server().synchronous(true));
        PostgresServer old = lab.primary().server();
        Running drill = new Running(
                "kill", "kill -9 " + old.pid() + "; echo killed it", Duration.ofMinutes(2), false, Map.of());
        Outage outage;
        try (IndependentClient client = IndependentClient.start(lab.writeUrl())) {
            client.awaitAcknowledgement();
            drill.awaitTold("primary_lost");
            lab.failover(lab.bestStandby().orElseThrow());
            client.awaitAcknowledgement();
            outage = client.longestOutage().orElseThrow();
        }
        lab.heal();

        int code = drill.exitCode();
        JsonPath figures = drill.figures();
        assertThat(figures.getString("drill")).isNotEmpty();
        assertThat(seconds(figures, "outages.write.lowerSeconds").minus(ONE_TRY))
                .isLessThanOrEqualTo(outage.measured().plus(outage.error()));
        assertThat(seconds(figures, "outages.write.upperSeconds").plus(ONE_TRY))
                .isGreaterThanOrEqualTo(outage.measured().minus(outage.error()));
        assertThat(figures.getList("lost")).isEmpty();
        assertThat(code).as("%s", drill.told).isZero();
        assertThat(drill.filed().verdict()).isEqualTo(EvidenceVerdict.PASSED);
        assertThat(EvidenceStore.at(drill.evidence).folderOf(drill.filed()).resolve("report.md"))
                .content()
                .contains("killed it", "failover: ", "| promotion | ")
                .doesNotContain(LabRoles.SIDECAR_PASSWORD);
        assertThat(rows(lab.primary().server(), "count(*)")).isEqualTo("0");
    }

    @Test
    void aSwitchoverInOrderLosesNothing() throws EvidenceException {
        LabMember next = lab.bestStandby().orElseThrow();
        Running drill = new Running("switchover", "true", Duration.ofMinutes(2), false, Map.of());
        drill.awaitTold("trigger over");
        lab.switchover(next);

        assertThat(drill.exitCode()).as("%s", drill.told).isZero();
        assertThat(drill.figures().getList("lost")).isEmpty();
        Duration reported = seconds(drill.figures(), "outages.write.upperSeconds");
        assertThat(drill.noted).singleElement().satisfies(noted -> {
            assertThat(noted.verdict()).isEqualTo(DrilledFailover.DrillVerdict.MET);
            assertThat(noted.outageAtMost())
                    .hasValueSatisfying(atMost -> assertThat(atMost).isCloseTo(reported, Duration.ofMillis(1)));
        });
        assertThat(drill.told).contains("written down");
    }

    /** Whoever compares and cleans up asks for half a minute each. */
    @Test
    @Tag("tooling")
    void withoutAStandbyItIsRefusedAndIfItIsBegunAnywayTheReportSaysWhatWasMissing() throws EvidenceException {
        lab.members().stream()
                .filter(member -> member != lab.primary())
                .forEach(member -> member.server().stop());
        Running refused = new Running("refused", "touch nothing", Duration.ofSeconds(5), false, Map.of());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.told).last().asString().contains("standbys that stream: 0; expected: 2", "--anyway");

        Running drill = new Running(
                "alone",
                "kill -9 " + lab.primary().server().pid(),
                Duration.ofSeconds(8),
                true,
                Map.of("statehub.objectives.rto", "2s"));

        assertThat(drill.exitCode()).as("%s", drill.told).isEqualTo(1);
        assertThat(drill.filed().verdict()).isEqualTo(EvidenceVerdict.FAILED);
        assertThat(drill.figures().getBoolean("compared")).isFalse();
        assertThat(EvidenceStore.at(drill.evidence).folderOf(drill.filed()).resolve("report.md"))
                .content()
                .contains("begun anyway", "and not over", "DELETE FROM statehub_sidecar.canary WHERE drill = ");
    }

    /** The primary lives, and nobody reaches it: whoever compares and cleans up asks for half a minute. */
    @Test
    @Tag("tooling")
    void aWriteEndpointThatIsLostForGoodIsAnOutageAndWhatSurvivedIsNotGuessed() throws EvidenceException {
        Running drill =
                new Running("endpoint", "true", Duration.ofSeconds(8), false, Map.of("statehub.objectives.rto", "2s"));
        drill.awaitTold("trigger over");
        try {
            lab.writeEndpoint().refuse();
            lab.writeEndpoint().resetConnections();

            assertThat(drill.exitCode()).as("%s", drill.told).isEqualTo(1);
        } finally {
            lab.writeEndpoint().pass();
        }
        assertThat(drill.filed().summary()).contains("writes were out for at least ", "allowed are 2.00 s");
        assertThat(drill.figures().getBoolean("compared")).isFalse();
        assertThat(drill.figures().getList("lost")).isEmpty();
        assertThat(EvidenceStore.at(drill.evidence).folderOf(drill.filed()).resolve("report.md"))
                .content()
                .contains("| not known |", "and not over", "DELETE FROM statehub_sidecar.canary WHERE drill = ");
    }

    @Test
    void asynchronousLossIsExactlyWhatIsOnTheOldPrimaryAlone() throws EvidenceException {
        PostgresServer old = lab.primary().server();
        List<PostgresServer> standbys = lab.members().stream()
                .map(LabMember::server)
                .filter(server -> server != old)
                .toList();
        Running drill = new Running("loss", "true", Duration.ofMinutes(2), false, Map.of());
        drill.awaitTold("trigger over");
        try {
            standbys.forEach(server -> {
                server.execute("ALTER SYSTEM SET primary_conninfo = ''");
                server.reload();
            });
            drill.awaitTold("redundancy_lost");
            LabMember next = lab.bestStandby().orElseThrow();
            long behind = Long.parseLong(rows(next.server(), "coalesce(max(sequence), 0)"));
            await().atMost(PATIENCE).until(() -> Long.parseLong(rows(old, "coalesce(max(sequence), 0)")) > behind + 5);
            old.kill();
            drill.awaitTold("primary_lost");
            lab.failover(next);
            drill.awaitTold("routed");
        } finally {
            standbys.forEach(server -> {
                server.execute("ALTER SYSTEM RESET primary_conninfo");
                server.reload();
            });
        }
        drill.drill.stop();
        int code = drill.exitCode();
        JsonPath figures = drill.figures();
        old.start();
        await().atMost(PATIENCE).until(old::answers);
        List<String> there = List.of(rows(old, "coalesce(string_agg(sequence::text, ',' ORDER BY sequence), '')")
                .split(",", -1));

        List<String> lost = figures.getList("lost", String.class);
        assertThat(code).isEqualTo(1);
        assertThat(lost).isNotEmpty().isSubsetOf(there);
        List<String> ambiguous = figures.getList("ambiguousGone", String.class);
        assertThat(there.stream().filter(row -> Long.parseLong(row) >= Long.parseLong(lost.get(0))))
                .as("on the old one alone, but for what was never acknowledged")
                .allSatisfy(row -> assertThat(lost.contains(row) || ambiguous.contains(row))
                        .isTrue());
    }

    @Test
    void oneThatIsStoppedReportsAndCleansUpAndOneThatWasKilledIsReportedFromItsLedger()
            throws EvidenceException, IOException, DrillException {
        Running drill = new Running("stopped", "true", Duration.ofMinutes(2), false, Map.of());
        drill.awaitTold("trigger over");
        Path left = directory.resolve("left.ledger");
        Files.copy(drill.ledger(), left);
        Path elsewhere = directory.resolve("resumed");
        drill.drill.stop();

        assertThat(drill.exitCode()).isEqualTo(3);
        assertThat(drill.filed().verdict()).isEqualTo(EvidenceVerdict.INCOMPLETE);
        assertThat(drill.filed().summary()).contains("the drill was stopped before its end");
        assertThat(rows(lab.primary().server(), "count(*)")).isEqualTo("0");
        assertThat(drill.evidence.resolve(".drills")).isEmptyDirectory();

        // Its rows are gone by now, so whatever it had acknowledged is missing: that must be found.
        int code = new Conclusion(drill.means, elsewhere, drill).resumed(left, "nowhere");
        EvidenceItem resumed = EvidenceStore.at(elsewhere).items().get(0);
        assertThat(code).isEqualTo(1);
        assertThat(resumed.verdict()).isEqualTo(EvidenceVerdict.INCOMPLETE);
        assertThat(resumed.summary())
                .contains("the drill was broken off before its end", "acknowledged writes were lost");
        assertThat(left).doesNotExist();
    }

    @Test
    void aSchemaThatAnOlderReleaseMadeIsSaidWithWhatHelps() {
        Settings settings = settings(Map.of("statehub.heartbeat.schema", "of_another_release"));
        Means means = new Means(
                settings,
                TIME,
                listener -> watching(settings, listener),
                check -> new ApiProbe(check, settings.api(), vertx),
                new CommandTrigger("true"),
                what -> Optional.empty());
        Running audience = new Running(
                "older",
                "true",
                Duration.ofSeconds(1),
                false,
                Map.of("statehub.heartbeat.schema", "of_another_release"));

        assertThat(audience.exitCode()).isEqualTo(2);
        assertThat(audience.told).last().asString().contains("there is no table of_another_release.canary", "migrate");
        assertThatThrownBy(() -> new Conclusion(means, directory, audience).resumed(directory.resolve("none"), "x"))
                .isInstanceOf(DrillException.class);
    }
}
