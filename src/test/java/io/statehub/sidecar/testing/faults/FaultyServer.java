package io.statehub.sidecar.testing.faults;

import io.statehub.sidecar.testing.lab.FreePorts;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A sound server on a loopback port that never changes, which fails as it is told; a thread a connection. */
public abstract class FaultyServer implements AutoCloseable {

    private static final int BACKLOG = 50;
    private static final int MOST_TOLD = 60;
    private static final long FLAP_MILLIS = 330;
    private static final ScheduledExecutorService FLAPPER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "flapper");
        thread.setDaemon(true);
        return thread;
    });

    private final int port;
    private final Optional<FaultCertificates> tls;
    /** With what was asked last on each. */
    private final Map<Socket, String> open = new ConcurrentHashMap<>();

    private final Object switching = new Object();
    /** Of the connections that wait for the fault to be over. */
    private final Object waiting = new Object();

    private @Nullable ServerSocket listener;
    private @Nullable Thread acceptor;
    private volatile Fault fault = Fault.NONE;

    /** Listens at once; with certificates, for TLS. */
    @SuppressWarnings("FutureReturnValueIgnored") // flap logs nothing and can't fail
    FaultyServer(Optional<FaultCertificates> tls) {
        this.tls = tls;
        this.port = listen(FreePorts.next());
        FLAPPER.scheduleWithFixedDelay(this::flap, FLAP_MILLIS, FLAP_MILLIS, TimeUnit.MILLISECONDS);
    }

    public final int port() {
        return port;
    }

    /** How many it has taken and not seen end. */
    public final int connections() {
        return open.size();
    }

    /** What was asked last on each of them. */
    public final List<String> lastAsked() {
        return List.copyOf(open.values());
    }

    final void asked(Socket on, String what) {
        open.replace(on, what.substring(0, Math.min(what.length(), MOST_TOLD)));
    }

    final Fault fault() {
        return fault;
    }

    final Optional<FaultCertificates> tls() {
        return tls;
    }

    /** From now on it fails like this, or not at all. */
    public final void become(Fault next) {
        synchronized (switching) {
            fault = next;
            if (next == Fault.REFUSE || next == Fault.FLAPPING) {
                refuse();
            } else if (listener == null) {
                listen(port);
            }
        }
        if (endsConnections(next)) {
            hangUp();
        }
        wake();
    }

    /**
     * Waits while it fails in one way, with a connection that is not closed by us.
     *
     * @return false if it still does after that many nanoseconds
     */
    final boolean awaitOther(Fault now, long nanos, Socket on) throws InterruptedIOException {
        long begin = System.nanoTime();
        synchronized (waiting) {
            while (fault == now && !on.isClosed()) {
                long left = nanos - (System.nanoTime() - begin);
                if (left <= 0) {
                    return false;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(waiting, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException();
                }
            }
        }
        return true;
    }

    private void flap() {
        synchronized (switching) {
            if (fault != Fault.FLAPPING) {
                return;
            }
            if (listener == null) {
                listen(port);
            } else {
                refuse();
            }
        }
    }

    private int listen(int wanted) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), BACKLOG);
            listener = socket;
            acceptor = start("faulty-server", () -> accept(socket));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refuse() {
        ServerSocket socket = listener;
        listener = null;
        if (socket != null) {
            close(socket);
            awaitEnd(acceptor);
        }
        hangUp();
    }

    /** A thread that still waits for a client keeps the port from being listened on again. */
    private static void awaitEnd(@Nullable Thread acceptor) {
        try {
            Objects.requireNonNull(acceptor).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(ServerSocket on) {
        while (!on.isClosed()) {
            try {
                Socket client = on.accept();
                open.put(client, "nothing");
                if (on.isClosed()) {
                    // It came in while the others were hung up on.
                    close(client);
                }
                start("faulty-talk", () -> talk(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try {
            serve(new FaultyLine(this, client));
        } catch (IOException gone) {
            // The client has had enough of it, or the fault was to end it.
        } finally {
            close(client);
            open.remove(client);
        }
    }

    /** Whether the connections that there are must end for a fault to show. */
    boolean endsConnections(Fault next) {
        return next.endsConnections();
    }

    /** One conversation; returning closes the connection. */
    abstract void serve(FaultyLine line) throws IOException;

    /** What an answer that claims to be too large begins with. */
    abstract byte[] oversized();

    /** What can be said over and over. */
    abstract byte[] endless();

    private void hangUp() {
        open.keySet().forEach(FaultyServer::close);
        wake();
    }

    private void wake() {
        synchronized (waiting) {
            waiting.notifyAll();
        }
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void close(java.io.Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        synchronized (switching) {
            fault = Fault.NONE;
            refuse();
        }
    }
}
