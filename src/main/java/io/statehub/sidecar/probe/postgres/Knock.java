package io.statehub.sidecar.probe.postgres;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Asks a server for one byte: whether it does TLS, which it answers before it asks who we are (PostgreSQL
 * documentation, SSLRequest). It shows that something answers there at the cost of no login.
 */
final class Knock {

    private Knock() {}

    /**
     * Whether anything comes back.
     *
     * @throws IOException if nobody can be reached, or not in time
     */
    static boolean isAnswered(InetSocketAddress address, Exchange exchange) throws IOException {
        Wire wire = new Wire(exchange);
        try {
            wire.connect(address, exchange.millisLeft());
            wire.markLoggedIn();
            wire.getOutputStream().write(Wire.tlsRequest());
            return wire.getInputStream().read() >= 0;
        } finally {
            wire.cut();
        }
    }
}
