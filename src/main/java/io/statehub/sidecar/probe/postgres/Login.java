package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.config.HostAndPort;
import java.sql.Connection;
import java.sql.SQLException;

/** How one attempt to log in is made; takes its connection from the {@link Dial} on this thread. */
@FunctionalInterface
interface Login {

    Connection connect(HostAndPort host) throws SQLException;
}
