package io.statehub.sidecar.exposure.http;

import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections from outside. There are never more than a fixed number: a new one takes the place of the one whose
 * client has done nothing for longest, so that who holds many connections loses them, and Kubernetes, which connects,
 * asks and goes, always gets through.
 */
final class OpenConnections {

    /** Prometheus, Kubernetes and people need a tenth of it. */
    static final int MOST = 128;

    /** What may wait in our memory for all clients together. */
    static final long MOST_UNTAKEN = 4 << 20;

    private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();

    void admit(ClientConnection connection) {
        open.add(connection);
        while (open.size() > MOST && closeLeastActive(0)) {
            // One more was open than may be.
        }
    }

    void forget(ClientConnection connection) {
        open.remove(connection);
    }

    /** Makes room for an answer, at the cost of whoever takes theirs slowest. */
    void makeRoomFor(long bytes) {
        while (open.stream().mapToLong(ClientConnection::untaken).sum() + bytes > MOST_UNTAKEN && closeLeastActive(1)) {
            // Together they take more than may wait.
        }
    }

    private boolean closeLeastActive(long untakenAtLeast) {
        Optional<ClientConnection> least = open.stream()
                .filter(connection -> connection.untaken() >= untakenAtLeast)
                .min((one, other) -> one.active().since(other.active()).compareTo(Duration.ZERO));
        least.ifPresent(ClientConnection::close);
        return least.isPresent();
    }

    void closeSlow(Moment now) {
        open.forEach(connection -> connection.closeIfSlow(now));
    }

    int count() {
        return open.size();
    }
}
