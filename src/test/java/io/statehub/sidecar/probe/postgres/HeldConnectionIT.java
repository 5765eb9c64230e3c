package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.SharedLab;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a session is kept, and when a new one takes its place. */
@Timeout(300)
class HeldConnectionIT {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock();
    private PostgresLab lab;

    @BeforeEach
    void renew() {
        lab = SharedLab.asNew();
    }

    /** The process that serves us, and whether its transactions are read-only. */
    private record Backend(long pid, boolean readOnly) {

        static final Question<Backend> QUESTION = new Question<>() {
            @Override
            public String sql() {
                return "SELECT pg_backend_pid() AS pid, current_setting('transaction_read_only')::boolean AS read_only";
            }

            @Override
            public Backend map(ResultSet rows) throws SQLException {
                Columns.oneRow(rows);
                return new Backend(Columns.number(rows, "pid"), Columns.flag(rows, "read_only"));
            }
        };
    }

    private HeldConnection connection() {
        return new HeldConnection(PostgresProbes.endpoint(LabPostgresSettings.of(lab), LONG), LOOK);
    }

    /** A round: asks, and looks again where the address leads if it is time to. */
    private Backend asked(HeldConnection connection) throws SQLException {
        Deadline deadline = Deadline.in(LONG, clock);
        Backend backend = connection.ask(Backend.QUESTION, deadline);
        assertThat(connection.renew(deadline)).isEmpty();
        return backend;
    }

    @Test
    void aSessionIsKeptWhereANewOneBeginsAlikeAndEndsAtItsLifetime() throws SQLException {
        try (HeldConnection connection = connection()) {
            Backend first = asked(connection);
            for (int look = 0; look < 3; look++) {
                clock.advance(LOOK);
                assertThat(asked(connection)).isEqualTo(first);
            }
            awaitSessions(1);
            clock.advance(HeldConnection.LIFETIME.minus(LOOK.multipliedBy(4)));
            assertThat(asked(connection)).isEqualTo(first);

            clock.advance(LOOK);
            asked(connection);

            assertThat(asked(connection).pid()).isNotEqualTo(first.pid());
        }
    }

    private void awaitSessions(int count) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(lab.primary()
                                .server()
                                .query("SELECT count(*) FROM pg_stat_activity WHERE usename = '" + LabRoles.SIDECAR
                                        + "'"))
                        .contains(Integer.toString(count)));
    }

    @Test
    void aLookThatIsRefusedIsToldUntilOneSucceeds() throws SQLException {
        String limit = "ALTER ROLE " + LabRoles.SIDECAR + " CONNECTION LIMIT %d";
        try (HeldConnection connection = connection()) {
            Backend before = asked(connection);
            lab.primary().server().execute(limit.formatted(1));
            clock.advance(LOOK);
            for (int round = 0; round < 2; round++) {
                Deadline deadline = Deadline.in(LONG, clock);
                assertThat(connection.ask(Backend.QUESTION, deadline)).isEqualTo(before);
                assertThat(connection.renew(deadline).map(Failure::kind)).contains(FailureKind.TOO_MANY_CONNECTIONS);
            }

            lab.primary().server().execute(limit.formatted(-1));

            assertThat(asked(connection)).isEqualTo(before);
            awaitSessions(1);
        } finally {
            lab.primary().server().execute(limit.formatted(-1));
        }
    }

    /** What was set for our role alone, and set back by us, becomes what is set for everybody. */
    @Test
    void aSettingThatMovesFromOurRoleToTheDatabaseIsSeenAtTheNextLook() throws SQLException {
        String role = "ALTER ROLE " + LabRoles.SIDECAR + " %s default_transaction_read_only";
        String database = "ALTER DATABASE " + LabRoles.DATABASE + " %s default_transaction_read_only";
        lab.primary().server().execute(role.formatted("SET") + " = on");
        try (HeldConnection connection = connection()) {
            assertThat(asked(connection).readOnly()).isFalse();

            lab.primary().server().execute(role.formatted("RESET"));
            lab.primary().server().execute(database.formatted("SET") + " = on");
            clock.advance(LOOK);
            asked(connection);

            assertThat(asked(connection).readOnly()).isTrue();
        } finally {
            lab.primary().server().execute(role.formatted("RESET"));
            lab.primary().server().execute(database.formatted("RESET"));
        }
    }

    @Test
    void whatOnlyNewSessionsAreRefusedIsSeenAtTheNextLook() throws SQLException {
        try (HeldConnection connection = connection()) {
            assertThat(asked(connection).readOnly()).isFalse();

            String setting = "ALTER DATABASE " + LabRoles.DATABASE + " %s default_transaction_read_only";
            lab.primary().server().execute(setting.formatted("SET") + " = on");
            try {
                clock.advance(LOOK);
                asked(connection);

                assertThat(asked(connection).readOnly()).isTrue();
            } finally {
                lab.primary().server().execute(setting.formatted("RESET"));
            }
        }
    }

    @Test
    void aSessionWithAServerThatLivesOnIsGivenUpWhenTheAddressLeadsToAnother() throws SQLException {
        try (HeldConnection connection = connection()) {
            Backend before = asked(connection);

            lab.routeTo(lab.member("pg-2"));
            assertThat(asked(connection)).isEqualTo(before);
            clock.advance(LOOK);
            asked(connection);

            assertThat(asked(connection).pid()).isNotEqualTo(before.pid());
        }
    }
}
