package io.statehub.sidecar.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Clients that mean harm, each with many connections that it never lets go of by itself. */
final class Attackers implements AutoCloseable {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

    private final int port;
    private final List<SocketChannel> connections = new ArrayList<>();

    Attackers(int port) {
        this.port = port;
    }

    private SocketChannel connect() throws IOException {
        SocketChannel connection = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        connection.configureBlocking(false);
        connections.add(connection);
        return connection;
    }

    /** Writes as much as the other side takes; what it refuses is its right. */
    private static void push(SocketChannel connection, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            for (int tries = 0; buffer.hasRemaining() && tries < 50; tries++) {
                if (connection.write(buffer) == 0) {
                    Thread.onSpinWait();
                }
            }
        } catch (IOException refused) {
            // Cut off.
        }
    }

    /** Connects and says nothing. */
    void sitIdle(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            connect();
        }
    }

    /** Asks for much in advance, and reads none of it. */
    void pipelineWithoutReading(int count, String path, int requests) throws IOException {
        byte[] asked = "GET %s HTTP/1.1\r\nHost: x\r\n\r\n"
                .formatted(path)
                .repeat(requests)
                .getBytes(US_ASCII);
        for (int i = 0; i < count; i++) {
            push(connect(), asked);
        }
    }

    /** Begins a request and sends a byte of it now and then. */
    void dripHeaders(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            push(connect(), "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ".getBytes(US_ASCII));
        }
    }

    void drip() {
        connections.forEach(connection -> push(connection, new byte[] {'x'}));
    }

    /** Headers that don't end. */
    void sendHugeHeaders(int count, int bytes) throws IOException {
        byte[] asked = ("GET / HTTP/1.1\r\nHost: x\r\nX-Huge: " + "x".repeat(bytes)).getBytes(US_ASCII);
        for (int i = 0; i < count; i++) {
            push(connect(), asked);
        }
    }

    /** A body of which no end is in sight. */
    void sendHugeBodies(int count, int bytes) throws IOException {
        byte[] asked = ("POST /status HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n" + "x".repeat(bytes))
                .getBytes(US_ASCII);
        for (int i = 0; i < count; i++) {
            push(connect(), asked);
        }
    }

    /** HTTP/2 with a window of 0: asks for the page again and again, and may be sent nothing. */
    void floodWithoutWindow(int requests) throws IOException {
        ByteArrayOutputStream flood = new ByteArrayOutputStream();
        flood.writeBytes(PREFACE);
        // SETTINGS_INITIAL_WINDOW_SIZE (4) = 0
        frame(flood, 4, 0, 0, new byte[] {0, 4, 0, 0, 0, 0});
        for (int i = 0; i < requests; i++) {
            // HEADERS with END_STREAM and END_HEADERS: GET, http, / from the static table (RFC 7541, appendix A)
            frame(flood, 1, 5, 1 + 2 * i, new byte[] {(byte) 0x82, (byte) 0x86, (byte) 0x84});
        }
        push(connect(), flood.toByteArray());
    }

    private static void frame(ByteArrayOutputStream to, int type, int flags, int stream, byte[] payload) {
        to.writeBytes(new byte[] {0, 0, (byte) payload.length, (byte) type, (byte) flags});
        to.writeBytes(ByteBuffer.allocate(4).putInt(stream).array());
        to.writeBytes(payload);
    }

    /** How many of its connections the other side has not closed. */
    long open() {
        return connections.stream().filter(Attackers::isOpen).count();
    }

    /** Reads what there is, and so sees an end behind it. */
    private static boolean isOpen(SocketChannel connection) {
        ByteBuffer ignored = ByteBuffer.allocate(64 << 10);
        try {
            int read;
            do {
                ignored.clear();
                read = connection.read(ignored);
            } while (read > 0);
            return read == 0;
        } catch (IOException reset) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel connection : connections) {
            connection.close();
        }
    }
}
