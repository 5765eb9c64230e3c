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
 * and for how long it may wait for a lock. What is set for our role alone would make of us another client than those
 * that we stand for, so it is set back: that transactions are read-only, that commits wait for more or less than
 * others' do, and that a warning of a commit that may not last is kept from us.
 *
 * <p>A pooler in transaction mode hands a server's session to others after each transaction, and what is set there
 * stays: with {@code default_transaction_read_only} their writes would fail. So nothing is set where the backend is not
 * the one that we logged in to, which is how a pooler shows (it makes up the process id that cancels are sent to).
 *
 * @param readOnly whether we only read there
 * @param statementTimeout after which the server gives a statement up, before we do: one that waits for a lock would
 *     otherwise live on without us. A lock is waited for a third of it: where we only read, so that time is left to ask
 *     for what isn't locked; where we write, so that the server says so in time however long the login took, and what
 *     waits for a lock is told from a commit that hangs
 */
record SessionSetup(boolean readOnly, Duration statementTimeout) {

    /** Where a setting comes from that holds for our role or session alone (pg_settings.source). */
    private static final String OURS = "'user', 'database user', 'client', 'session', 'interactive'";

    /*
     * What the others' commits wait for isn't told where our role has a setting of its own: most probably what they
     * would wait for without any. Where settings come from is a list of all of them, so it is read only if one of the
     * two isn't already as it would be set.
     */
    private static final String SQL = """
            WITH session AS (SELECT pg_backend_pid() = ? AS direct),
                 ours AS MATERIALIZED
                     (SELECT name FROM pg_settings
                      WHERE (current_setting('default_transaction_read_only') = 'on'
                             OR current_setting('synchronous_commit') <> 'on')
                        AND name IN ('default_transaction_read_only', 'synchronous_commit') AND source IN (%s))
            SELECT pg_is_in_recovery() AS standby,
                   direct,
                   current_setting('default_transaction_read_only') = 'on'
                       AND EXISTS (SELECT FROM ours WHERE name = 'default_transaction_read_only') AS read_only_for_us,
                   CASE WHEN direct THEN set_config('statement_timeout', ?, false) END,
                   CASE WHEN direct THEN set_config('client_min_messages', 'warning', false) END,
                   CASE WHEN direct THEN set_config('lock_timeout', ?, false) END,
                   CASE WHEN direct AND EXISTS (SELECT FROM ours WHERE name = 'synchronous_commit')
                        THEN set_config('synchronous_commit', 'on', false)
                   END,
                   CASE WHEN direct AND ? THEN set_config('default_transaction_read_only', 'on', false)
                        WHEN direct AND EXISTS (SELECT FROM ours WHERE name = 'default_transaction_read_only')
                        THEN set_config('default_transaction_read_only', 'off', false)
                   END
            FROM session""".formatted(OURS);

    /**
     * A session that is ready for questions.
     *
     * @throws SQLException if it can't be made so; it is closed then
     */
    Session prepared(Connection connection, Wire wire) throws SQLException {
        boolean ready = false;
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setInt(1, connection.unwrap(PGConnection.class).getBackendPID());
            statement.setString(2, millis(statementTimeout));
            statement.setString(3, millis(statementTimeout.dividedBy(3)));
            statement.setBoolean(4, readOnly);
            Session session = Asking.answer(statement, rows -> read(rows, connection, wire));
            ready = true;
            return session;
        } catch (SQLException e) {
            throw SqlFailures.isStatementTimeout(e) ? tooShort(e) : e;
        } finally {
            if (!ready) {
                wire.cut();
            }
        }
    }

    /** Ours is not set yet. */
    private static SQLException tooShort(SQLException thrown) {
        String what = "a statement_timeout that is set for our role, or for all, ends the first statement of a session";
        return new TypedSqlException(FailureKind.SESSION_UNUSABLE, what, thrown);
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
