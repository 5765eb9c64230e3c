package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.FailureKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.PGConnection;

/**
 * Prepares a new session in one statement: for how long the server works on a statement of ours, whether we may write,
 * and for how long it may wait for a lock.
 *
 * <p>A pooler in transaction mode hands a server's session to others after each transaction, and what is set there
 * stays: with {@code default_transaction_read_only} their writes would fail. So nothing is set where the backend is not
 * the one that we logged in to, which is how a pooler shows (it makes up the process id that cancels are sent to).
 *
 * @param readOnly whether we only read there
 * @param statementTimeout after which the server gives a statement up, before we do: one that waits for a lock would
 *     otherwise live on without us. Where we only read, a lock is waited for a third of it, so that time is left to ask
 *     for what isn't locked
 */
record SessionSetup(boolean readOnly, Duration statementTimeout) {

    /** Where a setting comes from that holds for our role or session alone (pg_settings.source). */
    private static final String OURS = "'user', 'database user', 'client', 'session', 'interactive'";

    private static final String SQL = """
            SELECT pg_is_in_recovery() AS standby,
                   pg_backend_pid() = ? AS direct,
                   current_setting('default_transaction_read_only') = 'on'
                       AND (SELECT source FROM pg_settings WHERE name = 'default_transaction_read_only')
                           IN (%s) AS read_only_for_us,
                   CASE WHEN pg_backend_pid() = ? THEN set_config('statement_timeout', ?, false) END,
                   CASE WHEN pg_backend_pid() = ? AND ? THEN set_config('lock_timeout', ?, false) END,
                   CASE WHEN pg_backend_pid() = ? AND ? THEN set_config('default_transaction_read_only', 'on', false)
                        WHEN pg_backend_pid() = ?
                             AND (SELECT source FROM pg_settings WHERE name = 'default_transaction_read_only') IN (%s)
                        THEN set_config('default_transaction_read_only', 'off', false)
                   END""".formatted(OURS, OURS);

    /**
     * A session that is ready for questions.
     *
     * @throws SQLException if it can't be made so; it is closed then
     */
    Session prepared(Connection connection, Wire wire) throws SQLException {
        boolean ready = false;
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            int backend = connection.unwrap(PGConnection.class).getBackendPID();
            statement.setInt(1, backend);
            statement.setInt(2, backend);
            statement.setString(3, millis(statementTimeout));
            statement.setInt(4, backend);
            statement.setBoolean(5, readOnly);
            statement.setString(6, millis(statementTimeout.dividedBy(3)));
            statement.setInt(7, backend);
            statement.setBoolean(8, readOnly);
            statement.setInt(9, backend);
            Session session = Asking.answer(statement, rows -> read(rows, connection, wire));
            ready = true;
            return session;
        } finally {
            if (!ready) {
                wire.cut();
            }
        }
    }

    private static String millis(Duration timeout) {
        return Math.max(1, timeout.toMillis()) + "ms";
    }

    private Session read(ResultSet rows, Connection connection, Wire wire) throws SQLException {
        Columns.oneRow(rows);
        boolean pooled = !Columns.flag(rows, "direct");
        if (pooled && !readOnly && Columns.flag(rows, "read_only_for_us")) {
            throw new TypedSqlException(
                    FailureKind.SESSION_UNUSABLE,
                    "default_transaction_read_only is set for our role, and can't be undone through a pooler");
        }
        return new Session(connection, wire, pooled, Columns.flag(rows, "standby"));
    }
}
