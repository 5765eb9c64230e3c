package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.config.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to log in to one address. The driver may connect twice in it, with TLS and without: one after the other,
 * and both within the same exchange.
 */
final class Dial {

    /** The driver makes its socket factory by name and gives it nothing of ours, but it does so on our thread. */
    private static final ThreadLocal<Dial> CURRENT = new ThreadLocal<>();

    private final InetSocketAddress address;
    private final Exchange exchange;
    private volatile @Nullable Wire wire;

    Dial(InetSocketAddress address, Exchange exchange) {
        this.address = address;
        this.exchange = exchange;
    }

    static Dial onThisThread() throws IOException {
        Dial dial = CURRENT.get();
        if (dial == null) {
            throw new IOException("no attempt is made on this thread");
        }
        return dial;
    }

    /** Logs in; what is left open of it otherwise is at most a {@link #unanswered} login. */
    Connection login(Login login, HostAndPort host) throws SQLException {
        CURRENT.set(this);
        Connection made = null;
        try {
            made = login.connect(host);
            wire().markLoggedIn();
            return made;
        } finally {
            CURRENT.remove();
            if (made == null && unanswered().isEmpty()) {
                // Also after an Error, which the driver lets through with the socket open.
                cut();
            }
        }
    }

    /** Whether its own time is over, which may be longer than a probe's. */
    boolean isOverdue() {
        return exchange.deadline().expired();
    }

    /** Ends its connection, from any thread. */
    void cut() {
        Wire last = wire;
        if (last != null) {
            last.cut();
        }
    }

    /** The connection of the session that was made. */
    Wire wire() throws SQLException {
        Wire last = wire;
        if (last == null) {
            throw new SQLException("the driver did not connect as it was told");
        }
        return last;
    }

    /** The connection on which the server may still be busy with a login that we gave up. */
    Optional<Wire> unanswered() {
        return Optional.ofNullable(wire).filter(Wire::givenUpAtLogin);
    }

    Wire open() throws IOException {
        int millisLeft = exchange.millisLeft();
        cut();
        Wire next = new Wire(exchange);
        try {
            next.connect(address, millisLeft);
        } catch (IOException e) {
            next.cut();
            throw e;
        }
        wire = next;
        return next;
    }
}
