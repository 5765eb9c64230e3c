package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.FailureKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.PGConnection;

/**
 * Prepares a new session: for how long the server works on a statement of ours, whether we may write, for how long it
 * may wait for a lock, and that what is prepared isn't planned again for each argument. What is set for our role alone
 * would make of us another client than those that we stand for, so it is set back: that transactions are read-only,
 * that commits wait for more or less than others' do, and that a warning of a commit that may not last is kept from us.
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

    private static final String SQL = """
            SELECT current_user AS role,
                   pg_is_in_recovery() AS standby,
                   direct,
                   current_setting('default_transaction_read_only') = 'on' AS read_only,
                   current_setting('synchronous_commit') AS synchronous_commit,
                   pg_postmaster_start_time() AS postmaster_start,
                   CASE WHEN direct THEN (SELECT system_identifier FROM pg_control_system()) END AS system_identifier,
                   CASE WHEN direct THEN set_config('statement_timeout', ?, false) END,
                   CASE WHEN direct THEN set_config('client_min_messages', 'warning', false) END,
                   CASE WHEN direct THEN set_config('lock_timeout', ?, false) END,
                   CASE WHEN direct THEN set_config('plan_cache_mode', 'force_generic_plan', false) END,
                   CASE WHEN direct AND ? THEN set_config('default_transaction_read_only', 'on', false) END
            FROM (SELECT pg_backend_pid() = ? AS direct) session""";

    /*
     * What the others' commits wait for isn't told where our role has a setting of its own: most probably what they
     * would wait for without any. Where settings come from is a list of all of them (pg_settings.source), and takes a
     * new session longer than all else that it is asked.
     */
    private static final String AS_OTHERS = """
            WITH ours AS MATERIALIZED
                (SELECT name FROM pg_settings
                 WHERE name IN ('default_transaction_read_only', 'synchronous_commit')
                       AND source IN ('user', 'database user', 'client', 'session', 'interactive'))
            SELECT read_only_for_us,
                   CASE WHEN direct AND EXISTS (SELECT FROM ours WHERE name = 'synchronous_commit')
                        THEN set_config('synchronous_commit', 'on', false)
                        ELSE current_setting('synchronous_commit')
                   END AS synchronous_commit,
                   CASE WHEN direct AND writes AND read_only_for_us
                        THEN set_config('default_transaction_read_only', 'off', false)
                        ELSE current_setting('default_transaction_read_only')
                   END = 'on' AS read_only
            FROM (SELECT ? AS direct, ? AS writes,
                         EXISTS (SELECT FROM ours WHERE name = 'default_transaction_read_only') AS read_only_for_us)
                 session""";

    /**
     * A session that is ready for questions.
     *
     * @throws SQLException if it can't be made so; it is closed then
     */
    Session prepared(Connection connection, Wire wire) throws SQLException {
        boolean ready = false;
        try {
            Session.Start start = start(connection);
            boolean readOnlyUnasked = start.readOnly() && !readOnly;
            if (readOnlyUnasked || !start.synchronousCommit().equals("on")) {
                start = asOthers(connection, start);
            }
            ready = true;
            return new Session(connection, wire, start);
        } catch (SQLException e) {
            throw SqlFailures.isStatementTimeout(e) ? tooShort(e) : e;
        } finally {
            if (!ready) {
                wire.cut();
            }
        }
    }

    private Session.Start start(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setString(1, millis(statementTimeout));
            statement.setString(2, millis(statementTimeout.dividedBy(3)));
            statement.setBoolean(3, readOnly);
            statement.setInt(4, connection.unwrap(PGConnection.class).getBackendPID());
            return Asking.answer(statement, Session.Start::read);
        }
    }

    /** Sets back what is set for our role alone; returns what holds then. */
    private Session.Start asOthers(Connection connection, Session.Start start) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(AS_OTHERS)) {
            statement.setBoolean(1, start.direct());
            statement.setBoolean(2, !readOnly);
            return Asking.answer(statement, rows -> {
                Columns.oneRow(rows);
                boolean readOnlyUnasked = start.readOnly() && !readOnly;
                if (readOnlyUnasked && !start.direct() && Columns.flag(rows, "read_only_for_us")) {
                    throw new TypedSqlException(
                            FailureKind.SESSION_UNUSABLE,
                            "default_transaction_read_only is set for our role, and can't be undone through a pooler");
                }
                return start.with(Columns.flag(rows, "read_only"), Columns.label(rows, "synchronous_commit"));
            });
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
}
