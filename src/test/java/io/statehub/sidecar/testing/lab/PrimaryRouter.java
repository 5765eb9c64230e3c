package io.statehub.sidecar.testing.lab;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Points a proxy at whoever says that it is the primary, as HAProxy does with {@code on-marked-down shutdown-sessions}:
 * sessions end with a change, and while nobody is the primary every connection is reset.
 */
final class PrimaryRouter implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(200);
    /** HAProxy's {@code fall}: one answer that came too late is no reason to end every session. */
    private static final int MISSES = 2;

    private static final int NOWHERE = 1;
    private static final Duration END = Duration.ofSeconds(30);

    private final List<PatroniNode> nodes;
    private final ForwardingProxy endpoint = new ForwardingProxy("write", NOWHERE);
    private final Thread thread = new Thread(this::run, "primary-router");
    private int misses;
    private volatile boolean closed;

    PrimaryRouter(List<PatroniNode> nodes) {
        this.nodes = List.copyOf(nodes);
        thread.setDaemon(true);
        thread.start();
    }

    ForwardingProxy endpoint() {
        return endpoint;
    }

    private void run() {
        while (!closed) {
            look();
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }

    private void look() {
        Optional<PatroniNode> primary =
                nodes.stream().filter(PatroniNode::isPrimary).findFirst();
        misses = primary.isPresent() ? 0 : misses + 1;
        if (primary.isPresent()) {
            route(primary.get().port());
        } else if (misses >= MISSES) {
            route(NOWHERE);
        }
    }

    private void route(int port) {
        if (endpoint.targetPort() != port && !closed) {
            endpoint.routeTo(port);
            endpoint.resetConnections();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(END.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        endpoint.close();
    }
}
