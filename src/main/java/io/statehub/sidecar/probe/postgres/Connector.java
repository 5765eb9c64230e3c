package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.probe.postgres.Password.UnreadablePasswordException;
import java.sql.Connection;
import java.sql.SQLException;

/** Makes a new connection to one target. */
@FunctionalInterface
interface Connector {

    /**
     * Connects and logs in, on this thread.
     *
     * @throws UnreadablePasswordException if the password can't be had
     */
    Connection connect() throws SQLException;
}
