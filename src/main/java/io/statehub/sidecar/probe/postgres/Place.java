package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.config.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One host that sessions are made with, and what is known of its name and of logins there that hang. */
final class Place implements AutoCloseable {

    private final HostAndPort host;
    private final HostLookup lookup;
    private final LoginGate gate;
    private volatile @Nullable Dial dialling;

    Place(HostAndPort host, HostLookup lookup, LoginGate gate) {
        this.host = host;
        this.lookup = lookup;
        this.gate = gate;
    }

    HostLookup lookup() {
        return lookup;
    }

    Session connect(Login login, SessionSetup setup, Exchange exchange) throws SQLException {
        InetSocketAddress address = address(exchange);
        gate.pass(address, exchange);
        Dial dial = new Dial(address, gate.forLogin(exchange));
        dialling = dial;
        try {
            Connection made = dial.login(login, host);
            gate.succeeded();
            return setup.prepared(made, dial.wire());
        } finally {
            // Also after an Error: the server may be busy with that login all the same.
            dial.unanswered()
                    .ifPresent(wire ->
                            gate.gaveUp(wire, address, exchange.deadline().now()));
            dialling = null;
        }
    }

    private InetSocketAddress address(Exchange exchange) throws SQLException {
        try {
            return new InetSocketAddress(lookup.now(exchange).get(0), host.port());
        } catch (IOException e) {
            throw new SQLException("no address to connect to", "08001", e);
        }
    }

    @Override
    public String toString() {
        return host.toString();
    }

    /** Ends an attempt whose time is over. */
    void cut() {
        Dial attempt = dialling;
        if (attempt != null && attempt.isOverdue()) {
            attempt.cut();
        }
    }

    @Override
    public void close() {
        Dial attempt = dialling;
        if (attempt != null) {
            attempt.cut();
        }
        gate.close();
    }
}
