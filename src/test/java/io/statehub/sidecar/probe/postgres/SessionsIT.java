package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.config.SslMode;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Farewell;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.testing.lab.LabOptions;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.Pooler;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.PostgresServer;
import io.statehub.sidecar.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of our own sessions on a real server, and that nobody is blamed or harmed for it. */
@Timeout(300)
class SessionsIT {

    private static final Logger LOG = Logger.getLogger(SessionsIT.class);

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(250);
    private static final TimeSource TIME = TimeSource.system();
    /** For how long logins hang; the property makes it longer. */
    private static final Duration HANGING = Duration.ofSeconds(Long.getLong("hanging.logins.seconds", 3));

    private static final int TARGETS_ON_THE_PRIMARY = 3;

    private static PostgresLab lab;

    @BeforeAll
    static void start() {
        lab = PostgresLab.start(LabOptions.defaults().withStandbys(0));
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    private static PostgresServer server() {
        return lab.primary().server();
    }

    private static HeartbeatWriter writer(String name) {
        return BeatingWriter.named(LabRoles.HEARTBEAT_SCHEMA, name, "0123456789abcdef");
    }

    private static Probe endpoint(LabPostgresSettings settings, Duration deadline) {
        return new PostgresProbes(settings, deadline, Optional.empty()).writeEndpoint();
    }

    private static WriteEndpointObservation observed(Probe probe, Duration deadline) {
        return (WriteEndpointObservation) probe.observe(Deadline.in(deadline, TIME));
    }

    private static WriteEndpointObservation.Answered answered(Probe probe) {
        WriteEndpointObservation seen = observed(probe, LONG);
        assertThat(seen.failure()).isEmpty();
        return (WriteEndpointObservation.Answered) seen;
    }

    private static long processes() {
        return ProcessHandle.of(server().pid())
                .orElseThrow()
                .children()
                .filter(child -> !title(child).contains("autovacuum"))
                .count();
    }

    /** What a server's process calls itself, which is not what it was started as; it may end meanwhile. */
    private static String title(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException ended) {
            return "";
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SslMode.class,
            names = {"DISABLE", "REQUIRE"})
    void loginsThatHangFillNoServer(SslMode mode) throws SQLException {
        lab.offerTls();
        LabPostgresSettings settings = LabPostgresSettings.of(lab).with(mode);
        PostgresProbes probes = new PostgresProbes(settings, SHORT, Optional.empty());
        List<Probe> sidecar = List.of(
                probes.writeEndpoint(),
                probes.member(settings.fixedMembers().get(0)),
                PostgresProbes.heartbeat(settings, SHORT, writer("hung")));
        try (Connection superuser = DriverManager.getConnection(
                        server().jdbcUrl(LabRoles.DATABASE), LabRoles.SUPERUSER, LabRoles.SUPERUSER_PASSWORD);
                Statement statement = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            statement.execute("LOCK TABLE pg_authid IN ACCESS EXCLUSIVE MODE");
            long before = processes();
            var begun = TIME.now();
            while (TIME.now().since(begun).compareTo(HANGING) < 0) {
                for (Probe probe : sidecar) {
                    Optional<Failure> failure =
                            probe.observe(Deadline.in(SHORT, TIME)).failure();
                    assertThat(failure.orElseThrow().kind()).isEqualTo(FailureKind.TIMED_OUT);
                }
            }
            LOG.infof("%s: %d sessions after %s of hanging logins", mode, processes() - before, HANGING);
            // One each, and one more where the server was too slow for the first byte of the first login. Those that
            // have asked for a byte since are ending by themselves.
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(processes() - before).isBetween(1L, 2L * TARGETS_ON_THE_PRIMARY));
            superuser.rollback();
            for (Probe probe : sidecar) {
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(
                                        probe.observe(Deadline.in(LONG, TIME)).failure())
                                .isEmpty());
            }
        } finally {
            sidecar.forEach(Probe::close);
        }
    }

    @Test
    void anAdministratorWhoEndsOurSessionEndsNothingElse() {
        try (Probe probe = endpoint(LabPostgresSettings.of(lab), LONG);
                BeatingWriter writer = BeatingWriter.of(LabPostgresSettings.of(lab), writer("ended"), LONG, TIME)) {
            answered(probe);
            writer.acked();

            endOurSessions();

            assertThat(answered(probe).farewell()).as("the server runs on").isEmpty();
            HeartbeatObservation beat = writer.beat();
            assertThat(beat.failure().map(Failure::kind)).contains(FailureKind.SESSION_ENDED);
            assertThat(beat.farewell()).as("the server runs on").isEmpty();
            writer.acked();
        }
    }

    @Test
    void aRestartInOrderBetweenTwoProbesIsHeardByEachSession() {
        LabPostgresSettings settings = LabPostgresSettings.of(lab);
        HeartbeatWriter name = writer("restarted");
        try (Probe endpoint = endpoint(settings, LONG);
                Probe member = settings.probeOf(lab.primary().name(), LONG, name);
                BeatingWriter writer = BeatingWriter.of(settings, name, LONG, TIME)) {
            ServerIdentity first = answered(endpoint).identity();
            assertThat(member.observe(Deadline.in(LONG, TIME)).failure()).isEmpty();
            writer.acked();

            server().stop();
            server().start();

            for (Observation seen :
                    List.of(observed(endpoint, LONG), member.observe(Deadline.in(LONG, TIME)), writer.beat())) {
                Farewell farewell = seen.farewell().orElseThrow();
                assertThat(farewell.run().isSameRunAs(first))
                        .as(seen.target().label())
                        .isTrue();
                assertThat(farewell.words()).contains("administrator command");
            }
            assertThat(writer.acked().farewell()).as("told once").isEmpty();
        }
    }

    private static void endOurSessions() {
        server().execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '%s'"
                .formatted(LabRoles.SIDECAR));
    }

    @Test
    void ourRolesLimitIsOurs() {
        try (Probe first = endpoint(LabPostgresSettings.of(lab), LONG);
                Probe second = endpoint(LabPostgresSettings.of(lab), LONG)) {
            answered(first);
            long used = Long.parseLong(
                    server().query("SELECT count(*) FROM pg_stat_activity WHERE usename = '" + LabRoles.SIDECAR + "'")
                            .orElseThrow());
            server().execute("ALTER ROLE " + LabRoles.SIDECAR + " CONNECTION LIMIT " + used);
            try {
                Failure failure = observed(second, LONG).failure().orElseThrow();

                assertThat(failure.kind()).isEqualTo(FailureKind.TOO_MANY_CONNECTIONS);
                assertThat(failure.kind().ours()).isTrue();
            } finally {
                server().execute("ALTER ROLE " + LabRoles.SIDECAR + " CONNECTION LIMIT -1");
            }
        }
    }

    @Test
    void whatIsSetReadOnlyForOurRoleIsNotReadOnly() {
        for (String whose : List.of(LabRoles.SIDECAR, LabRoles.SIDECAR + " IN DATABASE " + LabRoles.DATABASE)) {
            server().execute("ALTER ROLE " + whose + " SET default_transaction_read_only = on");
            try (Probe probe = endpoint(LabPostgresSettings.of(lab), LONG);
                    BeatingWriter writer =
                            BeatingWriter.of(LabPostgresSettings.of(lab), writer("read-only"), LONG, TIME)) {
                assertThat(answered(probe).writable()).as(whose).isTrue();
                writer.acked();
            } finally {
                server().execute("ALTER ROLE " + whose + " RESET default_transaction_read_only");
            }
        }
    }

    /** What a session of ours begins with by the will of whoever made our role. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "statement_timeout = 1",
                "lock_timeout = 1",
                "idle_session_timeout = 100",
                "idle_in_transaction_session_timeout = 1",
                "transaction_timeout = 1",
                "client_min_messages = error",
                "client_min_messages = debug5",
                "default_transaction_isolation = serializable",
                "default_transaction_deferrable = on",
                "synchronous_commit = off",
                "search_path = nowhere",
                "role = " + LabRoles.NO_MONITOR,
                "row_security = off",
                "standard_conforming_strings = off",
                "datestyle = 'SQL, DMY'",
                "timezone = 'Asia/Kathmandu'",
                "extra_float_digits = -15",
                "bytea_output = escape",
                "quote_all_identifiers = on",
                "transform_null_equals = on",
                "default_tablespace = nowhere",
                "local_preload_libraries = nowhere",
                "work_mem = '64kB'",
                "statement_timeout = 0"
            })
    void whatIsSetForOurRoleIsNoFaultOfTheServer(String setting) {
        server().execute("ALTER ROLE " + LabRoles.SIDECAR + " SET " + setting);
        LabPostgresSettings settings = LabPostgresSettings.of(lab);
        HeartbeatWriter name = writer("set " + setting);
        try (Probe endpoint = endpoint(settings, LONG);
                Probe member = settings.probeOf(lab.primary().name(), LONG, name);
                BeatingWriter writer = BeatingWriter.of(settings, name, LONG, TIME)) {
            for (int round = 0; round < 2; round++) {
                for (Observation seen :
                        List.of(observed(endpoint, LONG), member.observe(Deadline.in(LONG, TIME)), writer.beat())) {
                    assertThat(seen.failure().filter(failure -> !failure.kind().ours()))
                            .as("%s in round %d", seen.target(), round)
                            .isEmpty();
                    assertThat(seen.farewell()).isEmpty();
                }
            }
        } finally {
            server().execute("ALTER ROLE " + LabRoles.SIDECAR + " RESET ALL");
        }
    }

    @Test
    void commitsOfOursWaitAsThoseOfOthersDoWhateverIsSetForOurRole() throws SQLException {
        Question<String> effective = new Question<>() {
            @Override
            public String sql() {
                return "SELECT current_setting('synchronous_commit') || ' ' || current_setting('client_min_messages')";
            }

            @Override
            public String map(ResultSet rows) throws SQLException {
                Columns.oneRow(rows);
                return rows.getString(1);
            }
        };
        try {
            server().execute("ALTER ROLE " + LabRoles.SIDECAR + " SET client_min_messages = error");
            for (String ours : List.of("off", "local", "remote_apply")) {
                server().execute("ALTER ROLE " + LabRoles.SIDECAR + " SET synchronous_commit = " + ours);
                try (Connector connector = PostgresProbes.endpoint(LabPostgresSettings.of(lab), LONG);
                        HeldConnection connection = new HeldConnection(connector, LONG)) {
                    assertThat(connection.ask(effective, Deadline.in(LONG, TIME)))
                            .as(ours)
                            .isEqualTo("on warning");
                }
            }
        } finally {
            server().execute("ALTER ROLE " + LabRoles.SIDECAR + " RESET ALL");
        }
    }

    @Test
    void aTableOfBeatsThatIsLockedForWritingLeavesNoBeatInDoubt() throws SQLException {
        try (BeatingWriter writer =
                        BeatingWriter.of(LabPostgresSettings.of(lab), writer("locked"), Duration.ofSeconds(4), TIME);
                Connection superuser = DriverManager.getConnection(
                        server().jdbcUrl(LabRoles.DATABASE), LabRoles.SUPERUSER, LabRoles.SUPERUSER_PASSWORD);
                Statement statement = superuser.createStatement()) {
            writer.acked();
            superuser.setAutoCommit(false);
            statement.execute("LOCK TABLE statehub_sidecar.writer IN EXCLUSIVE MODE");
            for (int round = 0; round < 2; round++) {
                assertThat(writer.failed().fault().described())
                        .isEqualTo("no answer in time (canceling statement due to lock timeout, SQLSTATE 55P03)");
            }
            superuser.rollback();

            writer.acked();
        }
    }

    @Test
    void whatIsSetReadOnlyForEverybodyIs() {
        for (String whose : List.of("SYSTEM", "DATABASE " + LabRoles.DATABASE)) {
            server().execute("ALTER " + whose + " SET default_transaction_read_only = on");
            server().reload();
            try (Probe probe = endpoint(LabPostgresSettings.of(lab), LONG)) {
                await().atMost(LONG)
                        .untilAsserted(() ->
                                assertThat(answered(probe).writable()).as(whose).isFalse());
            } finally {
                server().execute("ALTER " + whose + " RESET default_transaction_read_only");
                server().reload();
            }
        }
    }

    @Test
    void aServerSaysNoMoreThanIsAllowedUnderTlsToo() throws SQLException {
        lab.offerTls();
        Question<Integer> longWinded = new Question<>() {
            @Override
            public String sql() {
                return "SELECT repeat('x', 300000)";
            }

            @Override
            public Integer map(ResultSet rows) throws SQLException {
                Columns.oneRow(rows);
                return rows.getString(1).length();
            }
        };
        LabPostgresSettings secured = LabPostgresSettings.of(lab).with(SslMode.REQUIRE);
        try (Connector connector = PostgresProbes.endpoint(secured, LONG);
                HeldConnection connection = new HeldConnection(connector, LONG)) {
            assertThatThrownBy(() -> connection.ask(longWinded, Deadline.in(LONG, TIME)))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            thrown -> assertThat(SqlFailures.of(thrown, "").kind())
                                    .isEqualTo(FailureKind.PROTOCOL));
            assertThat(connection
                            .ask(new IdentityQuestion(), Deadline.in(LONG, TIME))
                            .readOnly())
                    .as("on the next session")
                    .isFalse();
        }
    }

    @Test
    void aPoolerInTransactionModeIsSeenThroughAndLeftAsItWas(@TempDir Path directory) throws SQLException {
        try (Pooler pooler = Pooler.before(server(), directory)) {
            LabPostgresSettings settings = LabPostgresSettings.of(lab).writingTo(pooler.jdbcUrl());
            try (Probe probe = endpoint(settings, LONG);
                    BeatingWriter writer = BeatingWriter.of(settings, writer("pooled"), LONG, TIME)) {
                assertThat(answered(probe).writable()).isTrue();
                writer.acked();
                writer.acked();
                assertThat(answered(probe).newSessions()).isEmpty();
            }
            try (Connection another = DriverManager.getConnection(
                            pooler.jdbcUrl() + "?prepareThreshold=0", LabRoles.SIDECAR, LabRoles.SIDECAR_PASSWORD);
                    Statement statement = another.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT current_setting('statement_timeout') || ' '"
                            + " || current_setting('default_transaction_read_only')")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("0 off");
            }
        }
    }

    @Test
    void throughAPoolerARoleThatMayWriteIsNoRoleThatIsReadOnly(@TempDir Path directory) {
        String role = "ALTER ROLE " + LabRoles.SIDECAR;
        server().execute(role + " SET default_transaction_read_only = off");
        server().execute(role + " SET synchronous_commit = local");
        try (Pooler pooler = Pooler.before(server(), directory);
                Probe probe = endpoint(LabPostgresSettings.of(lab).writingTo(pooler.jdbcUrl()), LONG)) {
            assertThat(answered(probe).writable()).isTrue();
        } finally {
            server().execute(role + " RESET ALL");
        }
    }

    @Test
    void aHeldSessionIsBelievedWhileThePostmasterIsFrozen() {
        try (Connector connector = PostgresProbes.endpoint(LabPostgresSettings.of(lab), SHORT);
                Probe probe = new WriteEndpointProbe(new HeldConnection(connector, Duration.ZERO))) {
            answered(probe);
            server().freezePostmaster();
            try {
                await().atMost(LONG).untilAsserted(() -> {
                    Observation seen = probe.observe(Deadline.in(Duration.ofSeconds(2), TIME));
                    assertThat(seen).isInstanceOfSatisfying(WriteEndpointObservation.Answered.class, held -> {
                        assertThat(held.writable()).isTrue();
                        assertThat(held.newSessions().map(Failure::kind)).contains(FailureKind.TIMED_OUT);
                    });
                });
            } finally {
                server().thaw();
            }
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(answered(probe).newSessions()).isEmpty());
        }
    }
}
