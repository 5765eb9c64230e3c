package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.HeldBeats;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.MemberState;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.PostgresServer;
import io.statehub.sidecar.testing.lab.SharedLab;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Heartbeats on a primary with an asynchronous standby. Each test writes under a name of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class HeartbeatIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String SCHEMA = LabRoles.HEARTBEAT_SCHEMA;

    /** Stands still, so that no load on the machine ends a connection or a quiet time before a test does. */
    private final ManualClock clock = new ManualClock();

    private PostgresLab lab;

    @BeforeAll
    void startLab() {
        lab = SharedLab.asNew();
    }

    private BeatingWriter writer(String schema, String name, String run) {
        return BeatingWriter.of(LabPostgresSettings.of(lab), BeatingWriter.named(schema, name, run), TIMEOUT, clock);
    }

    private PostgresServer primary() {
        return lab.primary().server();
    }

    private String value(String sql) {
        return primary().queryIn(LabRoles.DATABASE, sql).orElseThrow();
    }

    private MemberState stateOf(String member, HeartbeatWriter writer) {
        try (Probe probe = LabPostgresSettings.of(lab).probeOf(member, TIMEOUT, writer)) {
            return ((MemberObservation.Answered) probe.observe(Deadline.in(TIMEOUT, clock))).state();
        }
    }

    @Test
    void anAcknowledgedBeatStandsInTheDatabaseAndTellsWhereItWasCommitted() {
        try (BeatingWriter writer = writer(SCHEMA, "acked", "run-1")) {
            HeartbeatObservation.Acked first = writer.acked();
            HeartbeatObservation.Acked second = writer.acked();

            assertThat(first.beat()).isEqualTo(new Beat("run-1", 1));
            assertThat(first.server().timeline())
                    .contains(new Timeline(primary().timeline()));
            assertThat(first.heldBefore()).contains(new HeldBeats(List.of()));
            assertThat(second.beat()).isEqualTo(new Beat("run-1", 2));
            assertThat(second.heldBefore()).as("of a kept connection").isEmpty();
            assertThat(second.position().orElseThrow())
                    .isGreaterThan(first.position().orElseThrow());
            assertThat(value("SELECT run || '/' || sequence FROM statehub_sidecar.writer WHERE writer = 'acked'"))
                    .isEqualTo("run-1/2");
        }
    }

    @Test
    void aSoundSchemaIsLookedAtOnceAMinuteHoweverManySessionsThereAre() {
        primary().execute("ALTER ROLE %s SET log_statement = 'all'".formatted(LabRoles.SIDECAR));
        String look = "statement: EXECUTE statehub_schema";
        try (BeatingWriter writer = writer(SCHEMA, "looked", "run-1")) {
            long before = primary().countInLog(look);
            for (int beat = 1; beat <= 4; beat++) {
                writer.acked();
                clock.advance(Duration.ofSeconds(15));
            }
            assertThat(primary().countInLog(look) - before).isEqualTo(1);

            writer.acked();
            writer.acked();
            assertThat(primary().countInLog(look) - before).isEqualTo(2);
            clock.advance(HeldConnection.LIFETIME);
            writer.acked();
            assertThat(writer.acked().heldBefore()).as("of a new session").isPresent();
            assertThat(primary().countInLog(look) - before).isEqualTo(3);
        } finally {
            primary().execute("ALTER ROLE %s RESET log_statement".formatted(LabRoles.SIDECAR));
        }
    }

    @Test
    void beatsArePreparedOnceASessionAlsoThoseThatTookARowOver() {
        try (BeatingWriter before = writer(SCHEMA, "prepared", "run-1")) {
            before.acked();
        }
        primary().execute("ALTER ROLE %s SET log_statement = 'all'".formatted(LabRoles.SIDECAR));
        try (BeatingWriter writer = writer(SCHEMA, "prepared", "run-2")) {
            long unprepared = primary().countInLog("statement: WITH owned");
            long prepared = primary().countInLog("statement: PREPARE statehub_beat");
            for (int beat = 1; beat <= 3; beat++) {
                writer.acked();
            }

            assertThat(primary().countInLog("statement: PREPARE statehub_beat") - prepared)
                    .isEqualTo(1);
            assertThat(primary().countInLog("statement: WITH owned")).isEqualTo(unprepared);
        } finally {
            primary().execute("ALTER ROLE %s RESET log_statement".formatted(LabRoles.SIDECAR));
        }
    }

    @Test
    void noMoreBeatsAreKeptThanTheHistoryHolds() {
        try (BeatingWriter writer = writer(SCHEMA, "ring", "run-1")) {
            for (int i = 0; i < 2 * BeatingWriter.HISTORY + 2; i++) {
                writer.acked();
            }
        }
        assertThat(value("SELECT count(*) || ' from ' || min(sequence) FROM statehub_sidecar.beat"
                        + " WHERE writer = 'ring'"))
                .isEqualTo("5 from 8");
    }

    @Test
    void aNewConnectionTellsExactlyTheBeatsThatWereHeldBeforeItsFirst() {
        try (BeatingWriter writer = writer(SCHEMA, "held", "run-1")) {
            writer.acked();
            writer.acked();
            primary().executeIn(LabRoles.DATABASE, """
                            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                            'BEGIN RAISE EXCEPTION ''refused by the test''; END';
                            CREATE TRIGGER refuse BEFORE INSERT ON statehub_sidecar.beat
                            FOR EACH ROW WHEN (NEW.writer = 'held') EXECUTE FUNCTION refuse()""");
            HeartbeatObservation.Failed refused = writer.failed();
            primary().executeIn(LabRoles.DATABASE, "DROP FUNCTION refuse() CASCADE");
            HeartbeatObservation.Acked fourth = writer.acked();
            clock.advance(HeldConnection.LIFETIME);
            HeartbeatObservation.Acked fifth = writer.acked();
            HeartbeatObservation.Acked sixth = writer.acked();

            assertThat(refused.fault().detail()).contains("refused by the test");
            assertThat(fourth.beat().sequence()).as("a sequence is used once").isEqualTo(4);
            assertThat(fourth.heldBefore().orElseThrow().ranges()).containsExactly(new HeldBeats.Range("run-1", 1, 2));
            assertThat(fifth.heldBefore())
                    .as("the old session, until there is a new one")
                    .isEmpty();
            assertThat(sixth.heldBefore().orElseThrow().ranges())
                    .containsExactlyInAnyOrder(new HeldBeats.Range("run-1", 1, 2), new HeldBeats.Range("run-1", 4, 5));
        }
    }

    @Test
    void aDatabaseWithoutTheSchemaIsToldWithWhatToDoAndNoErrorInTheServersLog() {
        long before = primary().countInLog("absent");
        try (BeatingWriter writer = writer("absent", "nobody", "run-1")) {
            HeartbeatObservation.Failed failed = writer.failed();

            assertThat(failed.fault().kind()).isEqualTo(FailureKind.NO_SUCH_SCHEMA);
            assertThat(failed.fault().detail())
                    .contains("there is no schema absent in database statehub", "migrate", "heartbeat.sql");
            assertThat(stateOf("pg-1", writer.writer()).newestBeat()).isEmpty();
        }
        assertThat(primary().countInLog("absent")).isEqualTo(before);
    }

    @Test
    void aSchemaOfAnotherVersionIsLeftAlone() {
        primary()
                .executeIn(
                        LabRoles.DATABASE,
                        HeartbeatSchema.script("of_later", LabRoles.SIDECAR)
                                + "UPDATE of_later.schema_version SET version = 2");
        try (BeatingWriter writer = writer("of_later", "nobody", "run-1")) {
            HeartbeatObservation.Failed failed = writer.failed();

            assertThat(failed.fault().kind()).isEqualTo(FailureKind.SCHEMA_VERSION);
            assertThat(failed.fault().detail())
                    .isEqualTo("schema of_later is of version 2, this release needs version 1");
        }
        assertThat(value("SELECT count(*) FROM of_later.writer")).isEqualTo("0");
    }

    @Test
    void aRoleWithoutRightsIsOurFaultAndToldAsThat() {
        LabPostgresSettings settings =
                LabPostgresSettings.of(lab).as(LabRoles.NO_MONITOR, LabRoles.NO_MONITOR_PASSWORD);
        HeartbeatWriter named = BeatingWriter.named(SCHEMA, "nobody", "run-1");
        try (BeatingWriter writer = BeatingWriter.of(settings, named, TIMEOUT, clock)) {
            HeartbeatObservation.Failed failed = writer.failed();

            assertThat(failed.fault().kind()).isEqualTo(FailureKind.PERMISSION_DENIED);
            assertThat(failed.fault().detail()).contains("role nomonitor may not read", "heartbeat.sql");
        }
    }

    @Test
    void aRoleThatMayOnlyReadIsToldThatItMayNotWrite() {
        primary().executeIn(LabRoles.DATABASE, """
                        CREATE SCHEMA read_only_here; SET search_path = read_only_here;
                        CREATE TABLE schema_version (version int); INSERT INTO schema_version VALUES (1);
                        CREATE TABLE writer (writer text); CREATE TABLE beat (writer text);
                        GRANT USAGE ON SCHEMA read_only_here TO sidecar;
                        GRANT SELECT ON ALL TABLES IN SCHEMA read_only_here TO sidecar""");
        try (BeatingWriter writer = writer("read_only_here", "nobody", "run-1")) {
            assertThat(writer.failed().fault().detail()).contains("role sidecar may not write");
        }
    }

    @Test
    void aStandbyBehindTheEndpointTakesNoBeatAndThatIsNotOurFault() {
        LabPostgresSettings settings = LabPostgresSettings.of(lab)
                .writingTo(lab.member("pg-2").server().jdbcUrl(LabRoles.DATABASE));
        HeartbeatWriter named = BeatingWriter.named(SCHEMA, "nobody", "run-1");
        try (BeatingWriter writer = BeatingWriter.of(settings, named, TIMEOUT, clock)) {
            HeartbeatObservation.Failed failed = writer.failed();

            assertThat(failed.fault().kind()).isEqualTo(FailureKind.READ_ONLY);
            assertThat(failed.fault().kind().ours()).isFalse();
        }
    }

    @Test
    void ofTwoWithOneNameTheYoungerContinuesAndTheOtherSaysSoUntilItIsAlone() {
        try (BeatingWriter older = writer(SCHEMA, "shared", "run-older");
                BeatingWriter younger = writer(SCHEMA, "shared", "run-younger")) {
            older.acked();
            younger.acked();
            HeartbeatObservation.Failed taken = older.failed();

            assertThat(taken.fault().kind()).isEqualTo(FailureKind.WRITER_TAKEN);
            assertThat(taken.fault().detail())
                    .contains("'shared'", "run run-younger", "run run-older", "statehub.heartbeat.writer");
            for (int i = 0; i < 15; i++) {
                clock.advance(Duration.ofSeconds(1));
                younger.acked();
                assertThat(older.failed().fault().kind()).isEqualTo(FailureKind.WRITER_TAKEN);
            }

            clock.advance(BeatingWriter.QUIET);
            older.acked();
            assertThat(younger.failed().fault().kind()).isEqualTo(FailureKind.WRITER_TAKEN);
        }
    }

    @Test
    void aRestartedProcessTakesItsNameOverAtOnce() {
        try (BeatingWriter before = writer(SCHEMA, "restarted", "run-1");
                BeatingWriter after = writer(SCHEMA, "restarted", "run-2")) {
            before.acked();
            before.acked();
            HeartbeatObservation.Acked first = after.acked();

            assertThat(first.beat()).isEqualTo(new Beat("run-2", 1));
            assertThat(first.heldBefore().orElseThrow().ranges()).containsExactly(new HeldBeats.Range("run-1", 1, 2));
        }
    }

    @Test
    void aRowThatALossyFailoverBroughtBackOrTookAwayIsTakenOverAtOnce() {
        try (BeatingWriter before = writer(SCHEMA, "lossy", "run-1");
                BeatingWriter writer = writer(SCHEMA, "lossy", "run-2")) {
            before.acked();
            writer.acked();
            primary()
                    .executeIn(
                            LabRoles.DATABASE,
                            "UPDATE statehub_sidecar.writer SET run = 'run-1', sequence = 1 WHERE writer = 'lossy'");
            assertThat(writer.acked().beat().sequence()).isEqualTo(2);

            primary().executeIn(LabRoles.DATABASE, "DELETE FROM statehub_sidecar.writer WHERE writer = 'lossy'");
            assertThat(writer.acked().beat().sequence()).isEqualTo(3);
        }
    }

    @Test
    void beatsOfAWriterThatNobodyHasUsedForAWeekAreDeleted() {
        try (BeatingWriter old = writer(SCHEMA, "forgotten", "run-1")) {
            old.acked();
        }
        primary()
                .executeIn(
                        LabRoles.DATABASE,
                        "UPDATE statehub_sidecar.writer SET written_at = now() - interval '8 days'"
                                + " WHERE writer = 'forgotten'");
        try (BeatingWriter writer = writer(SCHEMA, "tidy", "run-1")) {
            writer.acked();
        }
        assertThat(value("SELECT count(*) FROM statehub_sidecar.beat WHERE writer = 'forgotten'"))
                .isEqualTo("0");
    }

    @Test
    void everyMemberTellsItsNewestBeat() {
        try (BeatingWriter writer = writer(SCHEMA, "seen", "run-1")) {
            assertThat(stateOf("pg-1", writer.writer()).newestBeat()).isEmpty();
            writer.acked();
            Beat newest = writer.acked().beat();

            assertThat(stateOf("pg-1", writer.writer()).newestBeat()).contains(newest);
            await().atMost(TIMEOUT)
                    .untilAsserted(
                            () -> assertThat(stateOf("pg-2", writer.writer()).newestBeat())
                                    .contains(newest));
        }
    }
}
