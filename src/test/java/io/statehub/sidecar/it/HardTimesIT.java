package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.testing.lab.LabMember;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.PostgresServer;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.testing.lab.SlowBackup;
import io.statehub.sidecar.testing.lab.StandInApi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where it is hard to say what is so: a partial view, writes that hang, and a sidecar that doesn't run itself. */
class HardTimesIT {

    private static PostgresLab lab;
    private static StandInApi api;
    private static WatchedSidecar sidecar;

    @BeforeAll
    static void start() {
        lab = SharedLab.asNew();
        api = StandInApi.start(lab.writeUrl());
        sidecar = WatchedSidecar.start(
                lab,
                api,
                Map.of(
                        "STATEHUB_REPLICATION_MAX_STREAM_SILENCE",
                        "20s",
                        "STATEHUB_READINESS_GRACE",
                        "3s",
                        "STATEHUB_HEARTBEAT_WRITER",
                        "hard-times"));
    }

    @AfterAll
    static void stop() {
        sidecar.close();
        api.close();
    }

    @BeforeEach
    void heal() {
        lab.heal();
        sidecar.awaitSteady();
        sidecar.until(() -> assertThat(state()).isEqualTo("stable"));
    }

    private static String state() {
        return sidecar.failoverState();
    }

    private static LabMember standby() {
        return lab.members().stream()
                .filter(member -> !member.equals(lab.primary()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void splitBrainIsNotOverBecauseTheStalePrimaryIsHiddenFromTheSidecarAlone() {
        LabMember stale = lab.primary();
        standby().server().promote();
        sidecar.until(() -> assertThat(state()).isEqualTo("split_brain"));

        stale.proxy().drop();
        sidecar.awaitFinding("member_down", stale.name());

        sidecar.until(() -> {
            assertThat(sidecar.findings()).contains("two_primaries cluster", "write_endpoint_misrouted write-endpoint");
            assertThat(state()).isEqualTo("split_brain");
            assertThat(sidecar.metric("statehub_split_brain")).hasValue(1.0);
            assertThat(sidecar.status().getString("status.database")).isEqualTo("DOWN");
        });

        stale.proxy().pass();
        lab.heal();
        sidecar.until(() -> {
            assertThat(sidecar.failovers().getList("failovers[0].milestones.kind"))
                    .contains("split_brain", "split_brain_over");
            assertThat(sidecar.metric("statehub_split_brain")).hasValue(0.0);
        });
    }

    @Test
    void writesThatHangAreDownThoughEveryQuestionIsAnsweredAndAreBackWithAStandby() {
        lab.members().forEach(member -> member.server().synchronous(true));
        try {
            lab.members().stream()
                    .filter(member -> !member.equals(lab.primary()))
                    .forEach(member -> member.server().freeze());

            sidecar.awaitFinding("writes_failing", "write-endpoint");
            sidecar.until(() -> {
                assertThat(sidecar.findings()).doesNotContain("write_endpoint_down write-endpoint");
                assertThat(sidecar.metric("statehub_write_endpoint_writable")).hasValue(0.0);
                assertThat(sidecar.health("ready")).isEqualTo(503);
            });

            lab.heal();
            sidecar.awaitNoFinding("writes_failing", "write-endpoint");
            sidecar.until(() -> {
                assertThat(sidecar.metric("statehub_write_endpoint_writable")).hasValue(1.0);
                assertThat(sidecar.health("ready")).isEqualTo(200);
            });
        } finally {
            lab.members().forEach(member -> member.server().synchronous(false));
        }
    }

    @Test
    void standbyThatReplaysLateBecauseItIsSetSoIsNamed() {
        LabMember delayed = standby();
        delayed.server().execute("ALTER SYSTEM SET recovery_min_apply_delay = '1h'");
        delayed.server().reload();
        try {
            lab.writeRows(200);
            sidecar.awaitFinding("delayed_by_design", delayed.name());
            sidecar.until(() -> {
                assertThat(sidecar.status().getString("verdict")).isEqualTo("UP");
                assertThat(sidecar.findings()).containsExactly("delayed_by_design " + delayed.name());
            });
        } finally {
            delayed.server().execute("ALTER SYSTEM RESET recovery_min_apply_delay");
            delayed.server().reload();
        }
    }

    @Test
    void oneLostSlotBehindAHundredAndTwentySoundOnesIsFound() {
        PostgresServer primary = lab.primary().server();
        primary.execute("SELECT pg_create_physical_replication_slot('zz_lost', true)");
        primary.execute("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'");
        primary.reload();
        try {
            sidecar.until(() -> {
                // The server keeps as much for everybody in any case.
                lab.writeWal(40L << 20);
                primary.execute("SELECT pg_switch_wal()");
                primary.execute("CHECKPOINT");
                assertThat(primary.query("SELECT wal_status FROM pg_replication_slots WHERE slot_name = 'zz_lost'"))
                        .hasValue("lost");
            });
            primary.execute("SELECT pg_create_physical_replication_slot('sound_' || i, true)"
                    + " FROM generate_series(1, 120) i");

            sidecar.awaitFinding("slot_lost", primary.name());
            sidecar.until(() -> {
                assertThat(sidecar.measured("slot_lost", primary.name())).isEqualTo("slot zz_lost is lost");
                assertThat(sidecar.<List<?>>ofMember(primary.name(), "slots").orElseThrow())
                        .hasSize(100);
                assertThat(sidecar.<Integer>ofMember(primary.name(), "slotsLeftOut"))
                        .hasValue(23);
                assertThat(sidecar.metric("statehub_slots{active=\"false\",member=\"" + primary.name() + "\"}"))
                        .hasValue(121.0);
                assertThat(sidecar.status().getString("verdict")).isEqualTo("DEGRADED");
            });
        } finally {
            primary.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                    + " WHERE slot_name = 'zz_lost' OR slot_name LIKE 'sound\\_%'");
            primary.execute("ALTER SYSTEM RESET max_slot_wal_keep_size");
            primary.reload();
        }
    }

    @Test
    void baseBackupUnderTheNameOfAMemberProtectsNothing() {
        PostgresServer primary = lab.primary().server();
        String name = standby().name();
        lab.members().stream()
                .map(LabMember::server)
                .filter(server -> server != primary)
                .forEach(PostgresServer::kill);

        try (SlowBackup backup = SlowBackup.of(primary, name)) {
            sidecar.awaitFinding("not_redundant", "cluster");
            sidecar.until(() -> {
                assertThat(sidecar.<List<String>>ofMember(primary.name(), "senders.kind"))
                        .hasValue(List.of("base_backup"));
                assertThat(sidecar.<List<String>>ofMember(primary.name(), "senders.name"))
                        .hasValue(List.of(name));
                assertThat(sidecar.metric("statehub_rpo_unprotected")).hasValue(1.0);
            });
            assertThat(backup.isUnderWay()).isTrue();
        }
    }

    @Tag("thorough")
    @Test
    void whatTheSidecarWasStoppedOrStarvedForIsNobodysFault() {
        blamesNobodyWhile("kill -STOP $0; sleep 12; kill -CONT $0");
        blamesNobodyWhile(starved(20));
    }

    @Test
    void whatTheSidecarHasNoDescriptorsLeftForIsNobodysFault() {
        // A JVM reads the classes that it needs for a fault from files, and ends if it can't.
        lab.members().forEach(member -> member.proxy().refuse());
        lab.writeEndpoint().refuse();
        sidecar.awaitFinding("write_endpoint_down", "write-endpoint");
        lab.members().forEach(member -> member.proxy().pass());
        lab.writeEndpoint().pass();
        sidecar.awaitSteady();
        List<String> before = sidecar.failovers().getList("failovers.id");
        List<String> said = new CopyOnWriteArrayList<>();
        sidecar.process().follow(said::add);
        descriptors(1);
        try {
            lab.members().forEach(member -> member.proxy().resetConnections());
            lab.writeEndpoint().resetConnections();
            await().atMost(WatchedSidecar.DEADLINE)
                    .untilAsserted(() -> assertThat(said)
                            .anyMatch(line -> line.contains("write_endpoint_unseen:")
                                    && line.contains("sidecar at a limit of its own")));
        } finally {
            descriptors(4096);
        }
        sidecar.awaitSteady();
        sidecar.awaitNoFinding("own_process_late", "process");

        assertBlamedNobody(before, said);
    }

    /** How many files and connections the sidecar may open from now on; those that it has stay open. */
    private static void descriptors(int limit) {
        run("prlimit --pid $0 --nofile=" + limit + ":", sidecar.process().pid());
    }

    @Tag("tooling")
    @Test
    void aMinuteAndAHalfStoppedAndTwoMinutesStarvedAreNobodysFaultEither() {
        blamesNobodyWhile("kill -STOP $0; sleep 90; kill -CONT $0");
        blamesNobodyWhile(starved(240));
    }

    /** It runs for a tenth of each half second. */
    private static String starved(int times) {
        return "i=0; while [ $i -lt " + times
                + " ]; do kill -STOP $0; sleep 0.45; kill -CONT $0; sleep 0.05; i=$((i+1)); done";
    }

    private static void blamesNobodyWhile(String shell) {
        List<String> before = sidecar.failovers().getList("failovers.id");
        List<String> said = new CopyOnWriteArrayList<>();
        sidecar.process().follow(said::add);
        run(shell, sidecar.process().pid());
        sidecar.awaitSteady();
        sidecar.awaitNoFinding("own_process_late", "process");

        assertBlamedNobody(before, said);
    }

    private static void assertBlamedNobody(List<String> before, List<String> said) {
        assertThat(state()).isEqualTo("stable");
        assertThat(sidecar.failovers().<String>getList("failovers.id"))
                .as("%s", said)
                .isEqualTo(before);
        assertThat(said)
                .noneMatch(line -> line.contains("member_down:")
                        || line.contains("write_endpoint_down:")
                        || line.contains("primary_suspect"));
    }

    private static void run(String shell, long pid) {
        try {
            Process process = new ProcessBuilder("sh", "-c", shell, Long.toString(pid))
                    .inheritIO()
                    .start();
            assertThat(process.waitFor()).isZero();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
