package io.statehub.sidecar.testing.benchmark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * One connection that is kept for any number of requests, one at a time. As little as HTTP/1.1 allows, so that what is
 * timed is the server.
 */
final class HttpConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(10).toMillis();
    private static final int LONGEST_LINE = 8 * 1024;
    private static final int LARGEST_BODY = 16 << 20;
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final Socket socket = new Socket();
    private final InputStream in;

    HttpConnection(int port) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    /** @param bytes of the body, without what framed it */
    record Answer(int status, int bytes) {}

    /** Asks, and reads the answer to its end. */
    Answer get(String path) throws IOException {
        socket.getOutputStream()
                .write("GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n"
                        .formatted(path)
                        .getBytes(StandardCharsets.US_ASCII));
        String statusLine = line();
        if (statusLine.length() < STATUS_AT + 3) {
            throw new IOException("not a status line: " + statusLine);
        }
        int status = Integer.parseInt(statusLine.substring(STATUS_AT, STATUS_AT + 3));
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
        }
        return new Answer(status, chunked ? skipChunks() : skip(length));
    }

    private int skipChunks() throws IOException {
        int total = 0;
        while (true) {
            int size = Integer.parseInt(line(), 16);
            total += skip(size);
            line();
            if (size == 0) {
                return total;
            }
        }
    }

    private int skip(int bytes) throws IOException {
        if (bytes < 0 || bytes > LARGEST_BODY) {
            throw new IOException("a body of %d bytes, allowed are 0 to %d".formatted(bytes, LARGEST_BODY));
        }
        in.skipNBytes(bytes);
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended within an answer");
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("a line of more than %d bytes".formatted(LONGEST_LINE));
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
