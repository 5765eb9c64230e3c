package io.statehub.sidecar.probe.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * One login at a server.
 *
 * @param connection what the driver makes of it
 * @param wire the TCP connection below
 * @param start what it began with
 * @param prepared names of the statements that are prepared in it
 */
record Session(Connection connection, Wire wire, Start start, Set<String> prepared) implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Session.class);

    /**
     * Which server a session began with, and what it began with: what two sessions are compared by.
     *
     * @param role whose rights it has, which is not that which logged in if the setting of this name says otherwise
     * @param standby whether the server was a standby
     * @param direct whether the backend is the one that we logged in to, and no pooler stands between, which may lead
     *     each transaction to another session, and even to another server
     * @param readOnly whether its transactions are read-only unless they say otherwise
     * @param synchronousCommit what its commits wait for
     * @param systemIdentifier of the server; empty if a pooler stands between
     * @param postmasterStart as in {@link io.statehub.sidecar.observation.ServerIdentity}
     */
    record Start(
            String role,
            boolean standby,
            boolean direct,
            boolean readOnly,
            String synchronousCommit,
            OptionalLong systemIdentifier,
            Instant postmasterStart) {

        static Start read(ResultSet rows) throws SQLException {
            Columns.oneRow(rows);
            boolean direct = Columns.flag(rows, "direct");
            return new Start(
                    Columns.textOrEmpty(rows, "role"),
                    Columns.flag(rows, "standby"),
                    direct,
                    Columns.flag(rows, "read_only"),
                    Columns.label(rows, "synchronous_commit"),
                    direct ? OptionalLong.of(Columns.number(rows, "system_identifier")) : OptionalLong.empty(),
                    Columns.instant(rows, "postmaster_start"));
        }

        /** The same with settings that have been set since. */
        Start with(boolean nowReadOnly, String nowSynchronousCommit) {
            return new Start(
                    role, standby, direct, nowReadOnly, nowSynchronousCommit, systemIdentifier, postmasterStart);
        }
    }

    /** One in which nothing is prepared yet. */
    Session(Connection connection, Wire wire, Start start) {
        this(connection, wire, start, new HashSet<>());
    }

    /** Whether a pooler stands between. */
    boolean pooled() {
        return !start.direct();
    }

    /** Whether another session, made later, began as this one did, which is then as good as new. */
    boolean beganAs(Session other) {
        return !pooled() && start.equals(other.start);
    }

    /** Takes leave of the server if it can be done at once, and ends the TCP connection in any case. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is closed because it is broken or old: that closing it fails is no news.
            LOG.debug("closing a session", e);
        } finally {
            wire.cut();
        }
    }
}
