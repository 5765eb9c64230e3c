package io.statehub.sidecar.drill.restore.server;

import io.statehub.sidecar.probe.postgres.LongLogins;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.jboss.logging.Logger;

/** One session in one snapshot, its own or another session's. Used by one thread at a time. */
public final class SnapshotSession implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SnapshotSession.class);

    private final LongLogins logins;
    private final ReadingLimits limits;
    private final String snapshot;
    private Connection connection;

    /** The snapshot is gone: whatever was read in it can't be joined by more. */
    public static final class SnapshotLostException extends SQLException {
        private static final long serialVersionUID = 1L;

        SnapshotLostException(SQLException cause) {
            super("the snapshot is gone: " + cause.getMessage(), cause.getSQLState(), cause);
        }
    }

    private SnapshotSession(LongLogins logins, ReadingLimits limits, String snapshot, Connection connection) {
        this.logins = logins;
        this.limits = limits;
        this.snapshot = snapshot;
        this.connection = connection;
    }

    /** A session with a snapshot of its own. */
    static SnapshotSession first(LongLogins logins, ReadingLimits limits) throws SQLException {
        return in("", logins, limits);
    }

    /** A session in the snapshot that another one exports, for as long as that one lives. */
    static SnapshotSession in(String snapshot, LongLogins logins, ReadingLimits limits) throws SQLException {
        SnapshotSession session = new SnapshotSession(logins, limits, snapshot, logins.open());
        session.begin();
        return session;
    }

    Connection connection() {
        return connection;
    }

    /** Exports this session's snapshot. */
    String export() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_export_snapshot()")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void begin() throws SQLException {
        boolean begun = false;
        try {
            PinnedSettings.begin(connection, limits, snapshot);
            begun = true;
        } catch (SQLException e) {
            throw snapshot.isEmpty() || lost(e) ? e : new SnapshotLostException(e);
        } finally {
            if (!begun) {
                drop();
            }
        }
    }

    /** After a failure: a new transaction in the same snapshot, on a new connection if this one is gone. */
    void renew() throws SQLException {
        if (connection.isClosed() || !connection.isValid(5)) {
            drop();
            connection = logins.open();
        } else {
            connection.rollback();
        }
        begin();
    }

    /** Does something that may fail without costing the transaction. */
    <T> T aside(Work<T> work) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            T done = work.in(connection);
            connection.releaseSavepoint(before);
            return done;
        } catch (SQLException e) {
            if (!lost(e)) {
                connection.rollback(before);
            }
            throw e;
        }
    }

    /** Something that is asked of a session. */
    @FunctionalInterface
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** Whether the connection, and not one statement, failed. */
    static boolean lost(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }

    private void drop() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is closed because it is broken or done with: that closing it fails is no news.
            LOG.debug("closing a session", e);
        }
    }

    @Override
    public void close() {
        drop();
    }
}
