package io.statehub.sidecar.testing.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens where a PostgreSQL server might and says what a {@link Lie} says, a thread a client. */
public final class LyingServer implements AutoCloseable {

    private static final int BACKLOG = 50;

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile Lie lie;

    /** How one conversation goes. */
    @FunctionalInterface
    public interface Lie {
        /** Returning closes the connection. */
        void tell(Talk talk) throws IOException;
    }

    public LyingServer(Lie lie) {
        this(lie, "127.0.0.1", 0);
    }

    /** @param port 0 for any */
    public LyingServer(Lie lie, String address, int port) {
        this.lie = lie;
        try {
            listener = new ServerSocket(port, BACKLOG, InetAddress.getByName(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("lying-server", this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** From the next connection on. */
    public void tell(Lie next) {
        lie = next;
    }

    /** The connections that are open, also those of which only our end is. */
    public int connections() {
        return open.size();
    }

    /** How many connections there were in all. */
    public int accepted() {
        return accepted.get();
    }

    /** Closes the connections that there are. */
    public void hangUp() {
        open.forEach(LyingServer::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                accepted.incrementAndGet();
                open.add(client);
                start("lying-server-talk", () -> talk(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try {
            lie.tell(new Talk(client));
        } catch (IOException gone) {
            // The client has had enough of it.
        } finally {
            close(client);
            open.remove(client);
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hangUp();
    }
}
