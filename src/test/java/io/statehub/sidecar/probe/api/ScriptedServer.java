package io.statehub.sidecar.probe.api;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server on loopback that does with each connection what a script says, and counts what the client does. */
final class ScriptedServer implements AutoCloseable {

    /** What to do with a connection. It is closed when the script returns. */
    @FunctionalInterface
    interface Script {
        void serve(Connection connection) throws IOException;
    }

    private static final int BACKLOG = 50;

    private final ServerSocket listener;
    private final Script script;
    private final boolean tls;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytesWritten = new AtomicLong();
    private final Queue<String> heads = new ConcurrentLinkedQueue<>();

    private ScriptedServer(ServerSocket listener, boolean tls, Script script) {
        this.listener = listener;
        this.tls = tls;
        this.script = script;
        threads.execute(this::acceptAll);
    }

    static ScriptedServer plain(Script script) throws IOException {
        return plain(InetAddress.getLoopbackAddress(), script);
    }

    static ScriptedServer plain(InetAddress address, Script script) throws IOException {
        return new ScriptedServer(new ServerSocket(0, BACKLOG, address), false, script);
    }

    static ScriptedServer tls(SSLContext context, Script script) throws IOException {
        ServerSocket listener =
                context.getServerSocketFactory().createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        return new ScriptedServer(listener, true, script);
    }

    /** Answers every request on every connection alike, for as long as the client stays. */
    static Script always(String answer) {
        return connection -> {
            while (connection.readRequest() != null) {
                connection.write(answer);
            }
        };
    }

    /** One that is slow by nature: when it begins decides what the client meets. */
    static Script late(Duration time, Script then) {
        return connection -> {
            LockSupport.parkNanos(time.toNanos());
            then.serve(connection);
        };
    }

    /** Until the test has come so far. */
    static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    URI url() {
        return URI.create((tls ? "https" : "http") + "://localhost:" + listener.getLocalPort());
    }

    /** Connections accepted so far. */
    int accepted() {
        return accepted.get();
    }

    /** Connections that neither side has closed. */
    int open() {
        return open.size();
    }

    /** Whole requests received so far. */
    int requests() {
        return requests.get();
    }

    /** Bytes that the kernel took from us. */
    long bytesWritten() {
        return bytesWritten.get();
    }

    /** The heads of the requests, oldest first. */
    Queue<String> heads() {
        return heads;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                int number = accepted.incrementAndGet();
                threads.execute(() -> serve(new Connection(number, socket)));
            } catch (IOException e) {
                // The listener was closed, or one client was gone before we got to it.
            }
        }
    }

    private void serve(Connection connection) {
        try (connection) {
            script.serve(connection);
        } catch (IOException e) {
            // The client hung up, which is what many of the tests are about.
        } finally {
            open.remove(connection.socket);
        }
    }

    /** One connection as the script sees it. */
    final class Connection implements Closeable {

        private final int number;
        private final Socket socket;

        private Connection(int number, Socket socket) {
            this.number = number;
            this.socket = socket;
        }

        /** From 1, in the order of acceptance. */
        int number() {
            return number;
        }

        /** Reads one request to the end of its head; null if the client closed instead. */
        @Nullable
        String readRequest() throws IOException {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int read = in.read();
                if (read < 0) {
                    return null;
                }
                head.append((char) read);
            }
            requests.incrementAndGet();
            heads.add(head.toString());
            return head.toString();
        }

        void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            bytesWritten.addAndGet(bytes.length);
        }

        /** Reads and drops what comes until the client closes. */
        void awaitClientGone() throws IOException {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // What it says doesn't matter.
            }
        }

        /** Lets time pass without an answer; what the client sends meanwhile is dropped, and if it goes, so do we. */
        void pause(Duration time) throws IOException {
            socket.setSoTimeout(Math.toIntExact(time.toMillis()));
            try {
                if (socket.getInputStream().read() < 0) {
                    throw new EOFException("the client has gone");
                }
            } catch (SocketTimeoutException quiet) {
                // As it should be.
            }
        }

        /** Closes so that the client sees a reset instead of an end. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
