package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.HeartbeatObservation.Acked;
import io.statehub.sidecar.observation.HeartbeatObservation.Ambiguous;
import io.statehub.sidecar.observation.HeldBeats;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.probe.TimeSource;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.lab.LabMember;
import io.statehub.sidecar.testing.lab.LabOptions;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Heartbeats on a real cluster with one synchronous standby out of two. */
class HeartbeatProbeIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final int HISTORY = 100;
    private static PostgresLab lab;

    private final TimeSource time = TimeSource.system();
    private Probe probe = probe("writer-1", "aaaaaaaaaaaaaaaa", TIMEOUT);

    @BeforeAll
    static void start() {
        lab = PostgresLab.start(LabOptions.defaults());
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @BeforeEach
    void heal() {
        lab.heal();
        inDatabase("TRUNCATE statehub_sidecar.writer, statehub_sidecar.beat");
    }

    @AfterEach
    void close() {
        probe.close();
        lab.members().forEach(member -> member.server().synchronous(false));
    }

    private static Probe probe(String writer, String run, Duration timeout) {
        return PostgresProbes.heartbeat(
                PostgresSettingsFake.of(lab, LabRoles.SIDECAR, LabRoles.SIDECAR_PASSWORD),
                HeartbeatSettingsFake.of(writer, timeout, HISTORY),
                run,
                TimeSource.system().now());
    }

    private HeartbeatObservation beat() {
        return beat(probe, TIMEOUT);
    }

    private HeartbeatObservation beat(Probe by, Duration timeout) {
        return (HeartbeatObservation) by.observe(Deadline.in(timeout, time));
    }

    private static void inDatabase(String sql) {
        lab.primary().server().executeIn(LabRoles.DATABASE, sql);
    }

    private static String onPrimary(String sql) {
        return lab.primary().server().queryIn(LabRoles.DATABASE, sql).orElseThrow();
    }

    @Test
    void beatIsAcknowledgedOnceItIsThere() {
        Acked first = (Acked) beat();
        Acked second = (Acked) beat();

        assertThat(first.beat()).isEqualTo(new Beat("aaaaaaaaaaaaaaaa", 1));
        assertThat(first.heldBefore()).contains(new HeldBeats(List.of()));
        assertThat(second.heldBefore()).as("the connection is the same").isEmpty();
        assertThat(second.position().orElseThrow())
                .isGreaterThan(first.position().orElseThrow());
        assertThat(onPrimary("SELECT max(sequence) FROM statehub_sidecar.beat")).isEqualTo("2");
        assertThat(onPrimary("SELECT run || '/' || sequence FROM statehub_sidecar.writer"))
                .isEqualTo("aaaaaaaaaaaaaaaa/2");
    }

    @Test
    void historyIsBoundedAndWhatIsHeldIsToldToTheNextConnection() {
        for (int i = 0; i < HISTORY + 20; i++) {
            assertThat(beat()).isInstanceOf(Acked.class);
        }
        inDatabase("DELETE FROM statehub_sidecar.beat WHERE sequence = 100");
        lab.writeEndpoint().resetConnections();
        beat();
        HeldBeats held = ((Acked) beat()).heldBefore().orElseThrow();

        assertThat(onPrimary("SELECT count(*) FROM statehub_sidecar.beat")).isEqualTo("99");
        assertThat(held.holds(new Beat("aaaaaaaaaaaaaaaa", 20))).isFalse();
        assertThat(held.holds(new Beat("aaaaaaaaaaaaaaaa", 99))).isTrue();
        assertThat(held.holds(new Beat("aaaaaaaaaaaaaaaa", 100))).isFalse();
        assertThat(held.holds(new Beat("aaaaaaaaaaaaaaaa", 120))).isTrue();
    }

    @Test
    void commitThatIsCancelledWhileItWaitsForAStandbyIsAmbiguous() {
        probe.close();
        probe = probe("writer-1", "aaaaaaaaaaaaaaaa", PATIENT);
        assertThat(beat(probe, PATIENT)).isInstanceOf(Acked.class);
        withoutStandbys();

        CompletableFuture<HeartbeatObservation> waiting = CompletableFuture.supplyAsync(() -> beat(probe, PATIENT));
        await().atMost(PATIENT)
                .until(() -> onPrimary("SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity"
                                + " WHERE wait_event = 'SyncRep' AND usename = '" + LabRoles.SIDECAR + "'")
                        .equals("1"));

        HeartbeatObservation seen = waiting.join();
        assertThat(seen).isInstanceOf(Ambiguous.class);
        assertThat(seen.failure().orElseThrow().kind()).isEqualTo(FailureKind.UNCONFIRMED);
        assertThat(seen.failure().orElseThrow().detail()).contains("01000");
        assertThat(onPrimary("SELECT count(*) FROM statehub_sidecar.beat WHERE sequence = 2"))
                .as("it is on the primary, and may be nowhere else")
                .isEqualTo("1");
    }

    @Test
    void commitThatWaitsForAStandbyLongerThanWeDoIsAmbiguous() {
        assertThat(beat()).isInstanceOf(Acked.class);
        withoutStandbys();

        assertThat(beat()).isInstanceOf(Ambiguous.class);
    }

    /** The frozen standbys keep their streams, so that the commit waits for them. */
    private void withoutStandbys() {
        lab.members().stream()
                .filter(member -> !member.equals(lab.primary()))
                .forEach(member -> member.server().freeze());
        lab.primary().server().synchronous(true);
        await().atMost(PATIENT)
                .until(() -> onPrimary("SHOW synchronous_standby_names").equals("ANY 1 (*)"));
    }

    @Test
    void beatThatIsStillOutWhenItIsGivenUpOnIsAmbiguousAndASkipIsNone() {
        assertThat(beat()).isInstanceOf(Acked.class);
        lab.writeEndpoint().drop();
        CompletableFuture<HeartbeatObservation> out = CompletableFuture.supplyAsync(this::beat);

        await().atMost(TIMEOUT)
                .until(() -> probe.unanswered(time.now(), TIMEOUT, FailureKind.TIMED_OUT) instanceof Ambiguous);
        assertThat(probe.unanswered(time.now(), TIMEOUT, FailureKind.SKIPPED))
                .isInstanceOf(HeartbeatObservation.Failed.class);
        assertThat(out.join()).isInstanceOf(Ambiguous.class);
        lab.writeEndpoint().pass();
        assertThat(probe.unanswered(time.now(), TIMEOUT, FailureKind.TIMED_OUT))
                .as("nothing is out any more")
                .isInstanceOf(HeartbeatObservation.Failed.class);
    }

    @Test
    void refusedConnectionIsAFailureAndNoDoubt() {
        lab.writeEndpoint().refuse();

        HeartbeatObservation seen = beat();

        assertThat(seen).isInstanceOf(HeartbeatObservation.Failed.class);
        assertThat(seen.failure().orElseThrow().kind()).isEqualTo(FailureKind.REFUSED);
    }

    @Test
    void missingSchemaIsOurFault() {
        inDatabase("ALTER SCHEMA statehub_sidecar RENAME TO elsewhere");
        try {
            assertThat(kind(beat())).isEqualTo(FailureKind.NO_SUCH_SCHEMA);
        } finally {
            inDatabase("ALTER SCHEMA elsewhere RENAME TO statehub_sidecar");
        }
        assertThat(beat()).isInstanceOf(Acked.class);
    }

    @Test
    void schemaOfAnotherVersionIsNotWrittenTo() {
        inDatabase("UPDATE statehub_sidecar.schema_version SET version = 2");
        try {
            HeartbeatObservation seen = beat();
            assertThat(kind(seen)).isEqualTo(FailureKind.SCHEMA_VERSION);
            assertThat(seen.failure().orElseThrow().detail())
                    .isEqualTo("schema statehub_sidecar has version 2; allowed: 1");
            assertThat(onPrimary("SELECT count(*) FROM statehub_sidecar.writer"))
                    .isEqualTo("0");
        } finally {
            inDatabase("UPDATE statehub_sidecar.schema_version SET version = 1");
        }
    }

    @Test
    void roleThatMayNotWriteIsOurFault() {
        inDatabase("REVOKE INSERT ON statehub_sidecar.beat FROM " + LabRoles.SIDECAR);
        try {
            assertThat(kind(beat())).isEqualTo(FailureKind.PERMISSION_DENIED);
        } finally {
            inDatabase("GRANT INSERT ON statehub_sidecar.beat TO " + LabRoles.SIDECAR);
        }
    }

    @Test
    void standbyBehindTheEndpointTakesNoBeat() {
        LabMember standby = lab.members().stream()
                .filter(member -> !member.equals(lab.primary()))
                .findFirst()
                .orElseThrow();
        lab.routeTo(standby);

        assertThat(kind(beat())).isEqualTo(FailureKind.NOT_ACCEPTING);
        lab.routeTo(lab.primary());
        assertThat(beat()).as("no connection to the standby was kept").isInstanceOf(Acked.class);
    }

    @Test
    void ofTwoProcessesWithOneNameTheNewerGoesOnAndTheOlderSaysSo() {
        assertThat(beat()).isInstanceOf(Acked.class);
        try (Probe newer = probe("writer-1", "bbbbbbbbbbbbbbbb", TIMEOUT);
                Probe other = probe("writer-2", "cccccccccccccccc", TIMEOUT)) {
            assertThat(beat(newer, TIMEOUT)).isInstanceOf(Acked.class);

            HeartbeatObservation older = beat();
            assertThat(kind(older)).isEqualTo(FailureKind.WRITER_TAKEN);
            assertThat(older.failure().orElseThrow().detail())
                    .contains("'writer-1' is used by run bbbbbbbbbbbbbbbb")
                    .contains("statehub.heartbeat.writer");
            assertThat(beat(newer, TIMEOUT)).isInstanceOf(Acked.class);
            assertThat(kind(beat())).isEqualTo(FailureKind.WRITER_TAKEN);
            assertThat(beat(other, TIMEOUT)).isInstanceOf(Acked.class);
        }
        assertThat(onPrimary("SELECT count(*) FROM statehub_sidecar.beat WHERE run = 'aaaaaaaaaaaaaaaa'"))
                .as("the newer one's beats took the older one's slots")
                .isEqualTo("0");
    }

    @Test
    void nameThatALossyFailoverGaveBackToThePredecessorIsTakenAgain() {
        try (Probe predecessor = probe("writer-1", "bbbbbbbbbbbbbbbb", TIMEOUT)) {
            assertThat(beat(predecessor, TIMEOUT)).isInstanceOf(Acked.class);
        }
        assertThat(beat()).isInstanceOf(Acked.class);
        inDatabase("UPDATE statehub_sidecar.writer SET run = 'bbbbbbbbbbbbbbbb', sequence = 1");

        assertThat(beat()).isInstanceOf(Acked.class);
        inDatabase("DELETE FROM statehub_sidecar.writer");
        assertThat(beat()).isInstanceOf(Acked.class);
    }

    @Test
    void nameOfAProcessThatFellSilentIsTakenAgain() {
        ManualClock clock = new ManualClock();
        Probe patient = PostgresProbes.heartbeat(
                PostgresSettingsFake.of(lab, LabRoles.SIDECAR, LabRoles.SIDECAR_PASSWORD),
                HeartbeatSettingsFake.of("writer-1", TIMEOUT, HISTORY),
                "aaaaaaaaaaaaaaaa",
                clock.now());
        assertThat(patient.observe(Deadline.in(TIMEOUT, clock))).isInstanceOf(Acked.class);
        inDatabase("UPDATE statehub_sidecar.writer SET run = 'dddddddddddddddd', sequence = 9");

        assertThat(kind((HeartbeatObservation) patient.observe(Deadline.in(TIMEOUT, clock))))
                .isEqualTo(FailureKind.WRITER_TAKEN);
        clock.advance(Duration.ofSeconds(9));
        assertThat(kind((HeartbeatObservation) patient.observe(Deadline.in(TIMEOUT, clock))))
                .isEqualTo(FailureKind.WRITER_TAKEN);
        clock.advance(Duration.ofSeconds(1));
        assertThat(patient.observe(Deadline.in(TIMEOUT, clock))).isInstanceOf(Acked.class);
        patient.close();
    }

    @Test
    void membersTellTheNewestBeatAndTheForkWhereTheyMay() {
        Acked acked = (Acked) beat();
        LabMember standby = lab.bestStandby().orElseThrow();
        await().atMost(PATIENT).until(() -> member(standby).state().newestBeat().equals(Optional.of(acked.beat())));
        lab.switchover(standby);

        assertThat(((RoleState.Primary) member(standby).state().role()).forkedAt())
                .isEmpty();
        lab.primary()
                .server()
                .executeIn(
                        LabRoles.DATABASE,
                        "GRANT EXECUTE ON FUNCTION pg_read_file(text, bigint, bigint, boolean) TO " + LabRoles.SIDECAR);
        String history = lab.primary()
                .server()
                .queryIn(
                        LabRoles.DATABASE,
                        "SELECT pg_read_file('pg_wal/' || (pg_ls_dir)) FROM pg_ls_dir('pg_wal')"
                                + " WHERE pg_ls_dir LIKE '%.history' ORDER BY pg_ls_dir DESC LIMIT 1")
                .orElseThrow();
        var fork =
                ((RoleState.Primary) member(standby).state().role()).forkedAt().orElseThrow();
        assertThat(history).contains(fork.toString());
    }

    private MemberObservation.Answered member(LabMember member) {
        List<Probe> probes = PostgresProbes.of(
                PostgresSettingsFake.of(lab, LabRoles.SIDECAR, LabRoles.SIDECAR_PASSWORD),
                HeartbeatSettingsFake.of("writer-1", TIMEOUT, HISTORY),
                TIMEOUT);
        try {
            return probes.stream()
                    .filter(each -> each.target().equals(member.name()))
                    .map(each -> (MemberObservation.Answered) each.observe(Deadline.in(TIMEOUT, time)))
                    .findFirst()
                    .orElseThrow();
        } finally {
            probes.forEach(Probe::close);
        }
    }

    private static FailureKind kind(HeartbeatObservation seen) {
        return seen.failure().orElseThrow().kind();
    }
}
