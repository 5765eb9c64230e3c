package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.MemberState;
import io.statehub.sidecar.observation.ReplicationSlot;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.lab.LabMember;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.PostgresServer;
import io.statehub.sidecar.testing.lab.SharedLab;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What a round costs a server, and what is still told where a part of it is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class MemberQuestionIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int ROUNDS = 5;
    private static final HeartbeatWriter WRITER =
            BeatingWriter.named(LabRoles.HEARTBEAT_SCHEMA, "one-statement", "run-1");

    private final ManualClock clock = new ManualClock();
    private PostgresLab lab;

    @BeforeAll
    void startLab() {
        lab = SharedLab.asNew();
        try (BeatingWriter writer = BeatingWriter.of(LabPostgresSettings.of(lab), WRITER, LONG, clock)) {
            writer.acked();
        }
    }

    private PostgresServer primary() {
        return lab.primary().server();
    }

    private Probe probeOf(String member, Duration deadline) {
        return LabPostgresSettings.of(lab).probeOf(member, deadline, WRITER);
    }

    private MemberState state(Probe probe) {
        return ((MemberObservation.Answered) probe.observe(Deadline.in(LONG, clock))).state();
    }

    @Test
    void aRoundOfASidecarIsOneStatementAMemberPreparedOnceHoweverManySidecars() {
        primary().execute("ALTER ROLE %s SET log_statement = 'all'".formatted(LabRoles.SIDECAR));
        try {
            for (String member : lab.members().stream().map(it -> it.name()).toList()) {
                PostgresServer server = lab.member(member).server();
                await().atMost(LONG)
                        .until(() -> server.query("SELECT count(*) FROM pg_db_role_setting WHERE setconfig::text LIKE"
                                        + " '%log_statement%'")
                                .orElseThrow()
                                .equals("1"));
                for (int sidecars : new int[] {1, 4}) {
                    assertThat(statementsOf(sidecars, member))
                            .as("statements of %d sidecars in %d rounds on %s", sidecars, ROUNDS, member)
                            .isEqualTo((long) sidecars * ROUNDS);
                }
            }
        } finally {
            primary().execute("ALTER ROLE %s RESET log_statement".formatted(LabRoles.SIDECAR));
        }
    }

    /** What is asked after two rounds, in which the statement is prepared and the schema looked at. */
    private long statementsOf(int sidecars, String member) {
        PostgresServer server = lab.member(member).server();
        List<Probe> probes = IntStream.range(0, sidecars)
                .mapToObj(number -> probeOf(member, LONG))
                .toList();
        try {
            long unprepared = server.countInLog("statement: PREPARE statehub_member_beat");
            rounds(probes, 2);
            long before = server.countInLog(" LOG:  statement: ");
            rounds(probes, ROUNDS);

            assertThat(server.countInLog("statement: PREPARE statehub_member_beat") - unprepared)
                    .isEqualTo(sidecars);
            return server.countInLog(" LOG:  statement: ") - before;
        } finally {
            probes.forEach(Probe::close);
        }
    }

    private void rounds(List<Probe> probes, int rounds) {
        for (int round = 0; round < rounds; round++) {
            probes.forEach(this::state);
        }
    }

    @Test
    void whatCannotChangeInASessionIsReadOnceInIt() {
        primary().execute("ALTER ROLE %s SET log_statement = 'all'".formatted(LabRoles.SIDECAR));
        try (Probe probe = probeOf(lab.primary().name(), LONG)) {
            long before = primary().countInLog("FROM pg_control_system()");

            SystemIdentifier found = state(probe).identity().systemIdentifier();
            state(probe);

            assertThat(found.value())
                    .hasToString(primary()
                            .query("SELECT system_identifier FROM pg_control_system()")
                            .orElseThrow());
            assertThat(primary().countInLog("FROM pg_control_system()") - before)
                    .isEqualTo(1);
        } finally {
            primary().execute("ALTER ROLE %s RESET log_statement".formatted(LabRoles.SIDECAR));
        }
    }

    @Test
    void aSlotThatKeepsNothingYetKeepsAnUnknownAmount() {
        primary().execute("SELECT pg_create_physical_replication_slot('nothing_yet')");
        try (Probe probe = probeOf(lab.primary().name(), LONG)) {
            List<ReplicationSlot> slots = state(probe).slots();

            assertThat(slots)
                    .filteredOn(slot -> slot.name().equals("nothing_yet"))
                    .singleElement()
                    .satisfies(slot -> assertThat(slot.retainedBytes()).isEmpty());
            assertThat(slots)
                    .filteredOn(ReplicationSlot::active)
                    .hasSize(2)
                    .allSatisfy(slot -> assertThat(slot.retainedBytes()).isPresent());
        } finally {
            primary().execute("SELECT pg_drop_replication_slot('nothing_yet')");
        }
    }

    @Test
    void aRightThatIsMissingCostsWhatStandsBehindItAndIsLookedForAgain() {
        try (Probe probe = probeOf(lab.primary().name(), LONG)) {
            MemberState whole = state(probe);
            assertThat(whole.statisticsVisible()).isTrue();
            assertThat(whole.walSenders()).hasSize(2);
            assertThat(whole.slotTotals()).isPresent();
            primary().executeIn(LabRoles.DATABASE, "REVOKE SELECT ON pg_stat_archiver FROM PUBLIC");
            try {
                for (int round = 0; round < 3; round++) {
                    MemberState rest = state(probe);

                    assertThat(rest.statisticsVisible()).as("round " + round).isFalse();
                    assertThat(rest.slotTotals()).as("not asked for").isEmpty();
                    assertThat(rest.identity().systemIdentifier())
                            .isEqualTo(whole.identity().systemIdentifier());
                    assertThat(rest.identity().position()).isPresent();
                    assertThat(rest.role()).isInstanceOf(RoleState.Primary.class);
                    assertThat(rest.newestBeat()).isEqualTo(Optional.of(new Beat("run-1", 1)));
                }
                assertThat(primary().countInLog("permission denied for view pg_stat_archiver"))
                        .as("errors in the server's log")
                        .isLessThanOrEqualTo(2);
            } finally {
                primary().executeIn(LabRoles.DATABASE, "GRANT SELECT ON pg_stat_archiver TO PUBLIC");
            }
            clock.advance(Duration.ofMinutes(2));

            assertThat(state(probe).statisticsVisible()).isTrue();
            assertThat(state(probe).walSenders()).hasSize(2);
        }
    }

    @Test
    void aStandbyThatIsFedFromTheArchiveAloneSaysSo() {
        LabMember standby = lab.bestStandby().orElseThrow();
        standby.server().execute("ALTER SYSTEM SET primary_conninfo = ''");
        try (Probe probe = probeOf(standby.name(), LONG)) {
            assertThat(state(probe).role())
                    .isInstanceOfSatisfying(
                            RoleState.Standby.class,
                            seen -> assertThat(seen.fromArchive()).isFalse());
            standby.server().execute("ALTER SYSTEM SET restore_command = 'false'");
            standby.server().reload();

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(state(probe).role())
                            .isInstanceOfSatisfying(RoleState.Standby.class, seen -> {
                                assertThat(seen.fromArchive()).isTrue();
                                assertThat(seen.walReceiver()).isEmpty();
                            }));
        } finally {
            standby.server().execute("ALTER SYSTEM RESET primary_conninfo");
            standby.server().execute("ALTER SYSTEM RESET restore_command");
            standby.server().reload();
            lab.heal();
        }
    }

    @Test
    void aLockedTableCostsTheBeatAlone() throws SQLException {
        try (Probe probe = probeOf(lab.primary().name(), Duration.ofSeconds(4));
                Connection superuser = DriverManager.getConnection(
                        primary().jdbcUrl(LabRoles.DATABASE), LabRoles.SUPERUSER, LabRoles.SUPERUSER_PASSWORD);
                Statement statement = superuser.createStatement()) {
            assertThat(state(probe).newestBeat()).isPresent();
            superuser.setAutoCommit(false);
            statement.execute("LOCK TABLE statehub_sidecar.writer IN ACCESS EXCLUSIVE MODE");
            for (int round = 0; round < 2; round++) {
                MemberState rest = state(probe);

                assertThat(rest.statisticsVisible()).as("round " + round).isTrue();
                assertThat(rest.walSenders()).hasSize(2);
                assertThat(rest.newestBeat()).isEmpty();
            }
            superuser.rollback();

            assertThat(state(probe).newestBeat()).isPresent();
        }
    }
}
