package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Forwards a loopback port that never changes to another one that may, and breaks on request. One thread. While the
 * target refuses, a client of this proxy is accepted and then reset.
 */
public final class ForwardingProxy implements AutoCloseable {

    private static final int BACKLOG = 128;
    private static final int MOST_CONNECTIONS = 256;
    private static final Duration APPLIED = Duration.ofSeconds(30);

    private final int port = FreePorts.next();
    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final List<ProxyConnection> connections = new ArrayList<>();
    private final ProxyConnection.Counters delivered = new ProxyConnection.Counters();
    private @Nullable ServerSocketChannel listener;
    private volatile int targetPort;
    private volatile ProxyBehaviour behaviour = ProxyBehaviour.PASSING;
    private volatile boolean closed;

    public ForwardingProxy(String name, int targetPort) {
        this.targetPort = targetPort;
        try {
            this.selector = Selector.open();
            listen();
        } catch (IOException failure) {
            throw new LabException("cannot listen on port " + port, failure);
        }
        this.thread = new Thread(this::run, "proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return port;
    }

    public ProxyBehaviour behaviour() {
        return behaviour;
    }

    public int targetPort() {
        return targetPort;
    }

    public ProxyTraffic traffic() {
        return new ProxyTraffic(delivered.requests().get(), delivered.answers().get());
    }

    public void pass() {
        become(ProxyBehaviour.PASSING);
    }

    public void refuse() {
        become(ProxyBehaviour.REFUSING);
    }

    public void drop() {
        become(ProxyBehaviour.DROPPING);
    }

    public void delay(Duration delay) {
        become(ProxyBehaviour.delaying(delay));
    }

    /** For new connections; open ones stay where they are, as behind a Kubernetes Service. */
    public void routeTo(int newTargetPort) {
        this.targetPort = newTargetPort;
    }

    public void resetConnections() {
        apply(this::resetAll);
    }

    /** Returns when the behaviour holds. */
    public void become(ProxyBehaviour next) {
        apply(() -> {
            behaviour = next;
            try {
                if (next.mode() == ProxyBehaviour.Mode.REFUSE) {
                    stopListening();
                    resetAll();
                } else if (listener == null) {
                    listen();
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    private void apply(Runnable command) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        commands.add(() -> {
            try {
                command.run();
                // The listener's socket is released by the selector, at its next selection.
                selector.selectNow();
                done.complete(null);
            } catch (IOException | RuntimeException failure) {
                done.completeExceptionally(failure);
            }
        });
        selector.wakeup();
        try {
            done.get(APPLIED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while changing the proxy on port " + port, interrupted);
        } catch (ExecutionException | TimeoutException failure) {
            throw new LabException("the proxy on port %d did not change".formatted(port), failure);
        }
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(millisUntilDue());
                selector.selectedKeys().clear();
                for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
                    command.run();
                }
                accept();
                ProxyBehaviour now = behaviour;
                connections.removeIf(connection -> !connection.advance(now, System.nanoTime()));
            }
            stopListening();
            resetAll();
            selector.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private long millisUntilDue() {
        long now = System.nanoTime();
        long nanos = connections.stream()
                .mapToLong(connection -> connection.nanosUntilDue(now))
                .min()
                .orElse(Long.MAX_VALUE);
        // Zero would wait for ever; a rounded-up millisecond is within what a delay promises.
        return nanos == Long.MAX_VALUE ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
    }

    private void accept() throws IOException {
        ServerSocketChannel server = listener;
        if (server == null) {
            return;
        }
        boolean open = behaviour.mode() == ProxyBehaviour.Mode.PASS && connections.size() < MOST_CONNECTIONS;
        server.keyFor(selector).interestOps(open ? SelectionKey.OP_ACCEPT : 0);
        SocketChannel client = open ? server.accept() : null;
        if (client != null) {
            connections.add(ProxyConnection.open(client, targetPort, selector, delivered));
            selector.wakeup();
        }
    }

    private void listen() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        listener = server;
    }

    private void stopListening() throws IOException {
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    private void resetAll() {
        connections.forEach(ProxyConnection::reset);
        connections.clear();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(APPLIED.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
