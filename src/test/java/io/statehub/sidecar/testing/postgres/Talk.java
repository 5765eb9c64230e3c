package io.statehub.sidecar.testing.postgres;

import io.statehub.sidecar.testing.postgres.Wording.Column;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** One conversation of a server with a client. */
public final class Talk {

    private static final int TLS_REQUEST = 80_877_103;
    private static final int PROCESS = 4242;
    private static final String BOOL_TRUE = "t";
    private static final String BOOL_FALSE = "f";
    private static final int BOOL_OID = 16;
    private static final int BIGINT_OID = 20;
    private static final int TIMESTAMPTZ_OID = 1184;

    private final Socket socket;
    private final DataInputStream in;
    private boolean unfinished;

    Talk(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Reads what a client begins with; without TLS. */
    public void begin() throws IOException {
        int length = in.readInt();
        int code = in.readInt();
        in.readFully(new byte[length - 2 * Integer.BYTES]);
        if (code == TLS_REQUEST) {
            say(new byte[] {'N'});
            begin();
        }
    }

    public void say(byte[]... messages) throws IOException {
        for (byte[] message : messages) {
            socket.getOutputStream().write(message);
        }
        socket.getOutputStream().flush();
    }

    /** One byte at a time, with a pause before each. */
    public void drip(byte[] message, Duration pause) throws IOException {
        for (byte one : message) {
            LockSupport.parkNanos(pause.toNanos());
            say(new byte[] {one});
        }
    }

    /** As a server that is slow by nature: only time makes it so, and a busy machine makes it slower yet. */
    public void takeItsTime(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    /** Over and over, until the client has gone. */
    public void forEver(byte[] message) throws IOException {
        while (!socket.isClosed()) {
            say(message);
        }
    }

    /** What lets a client in without a question. */
    public static byte[] welcoming() {
        return Wording.all(
                Wording.authenticationOk(),
                Wording.parameter("server_version", "16.4"),
                Wording.parameter("server_encoding", "UTF8"),
                Wording.parameter("client_encoding", "UTF8"),
                Wording.parameter("DateStyle", "ISO, MDY"),
                Wording.parameter("standard_conforming_strings", "on"),
                Wording.backendKey(PROCESS),
                Wording.ready());
    }

    public void welcome() throws IOException {
        say(welcoming());
    }

    /** The next question; the first statement of a session, which sets it up, and what prepares others are answered. */
    public String statement() throws IOException {
        String text = message('Q');
        if (text.startsWith("PREPARE ")) {
            say(Wording.complete(), Wording.ready());
            return statement();
        }
        if (!text.contains("set_config('statement_timeout'")) {
            return text;
        }
        answer(List.of(
                Column.text("role", "sidecar"),
                new Column("standby", BOOL_OID, BOOL_FALSE),
                new Column("direct", BOOL_OID, BOOL_TRUE),
                new Column("read_only", BOOL_OID, BOOL_FALSE),
                Column.text("synchronous_commit", "on"),
                new Column("postmaster_start", TIMESTAMPTZ_OID, "2026-01-01 00:00:00+00"),
                new Column("system_identifier", BIGINT_OID, "7300000000000000001")));
        return statement();
    }

    public void answer(List<Column> row) throws IOException {
        say(Wording.answer(row));
    }

    /** The next message of one type; others are read over. Empty when the client takes its leave. */
    public String message(char type) throws IOException {
        while (true) {
            char found = (char) in.readUnsignedByte();
            byte[] content = new byte[in.readInt() - Integer.BYTES];
            in.readFully(content);
            String text = new String(content, StandardCharsets.UTF_8);
            if (found == type) {
                return text;
            }
            if (found == 'X') {
                throw new IOException("the client has taken its leave");
            }
        }
    }

    /** Does nothing more and doesn't notice what the client does, as one that waits for a lock; until it is hung up. */
    public void hang() {
        while (!socket.isClosed()) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    /** Says nothing more until the client has gone. */
    public void silence() throws IOException {
        while (in.read() >= 0) {
            Thread.onSpinWait();
        }
    }

    /** Whether it was ended, by our half at least, or an answer was left unfinished. */
    boolean isOver() {
        return socket.isClosed() || unfinished;
    }

    /** Says the last that is said. */
    public void sayAndEnd(byte[] rest) throws IOException {
        say(rest);
        unfinished = true;
    }

    /** Ends it with a reset instead of a farewell. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
