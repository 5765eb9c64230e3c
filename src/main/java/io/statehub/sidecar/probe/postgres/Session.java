package io.statehub.sidecar.probe.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * One login at a server.
 *
 * @param connection what the driver makes of it
 * @param wire the TCP connection below
 * @param pooled whether a pooler stands between, which may lead each transaction to another session, and even to
 *     another server
 * @param standby whether the server was a standby when the session was made
 * @param systemIdentifier of the server, for as long as the session lasts; empty if a pooler stands between
 * @param prepared names of the statements that are prepared in it
 */
record Session(
        Connection connection,
        Wire wire,
        boolean pooled,
        boolean standby,
        OptionalLong systemIdentifier,
        Set<String> prepared)
        implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Session.class);

    /** One in which nothing is prepared yet. */
    Session(Connection connection, Wire wire, boolean pooled, boolean standby, OptionalLong systemIdentifier) {
        this(connection, wire, pooled, standby, systemIdentifier, new HashSet<>());
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
