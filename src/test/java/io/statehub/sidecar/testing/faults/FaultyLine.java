package io.statehub.sidecar.testing.faults;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;

/**
 * One connection, on which answers suffer what the server suffers from; whoever met a fault ends when the fault does.
 */
final class FaultyLine {

    private static final Duration DRIP = Duration.ofMillis(20);
    private static final int NOISE_BYTES = 4_096;

    private final FaultyServer server;
    private final Socket raw;
    private DataInputStream in;
    private OutputStream out;

    FaultyLine(FaultyServer server, Socket socket) throws IOException {
        this.server = server;
        this.raw = socket;
        socket.setTcpNoDelay(true);
        this.in = buffered(socket);
        this.out = socket.getOutputStream();
    }

    private static DataInputStream buffered(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    DataInputStream in() {
        return in;
    }

    Fault fault() {
        return server.fault();
    }

    /** Notes what the client wants of it now. */
    void asked(String what) {
        server.asked(raw, what);
    }

    /** From here on encrypted, with the certificate that the server shows now. */
    void encrypt() throws IOException {
        SSLSocket secured = (SSLSocket) server.tls()
                .orElseThrow()
                .context(server.fault())
                .getSocketFactory()
                .createSocket(raw, null, raw.getPort(), true);
        secured.setUseClientMode(false);
        secured.startHandshake();
        in = buffered(secured);
        out = secured.getOutputStream();
    }

    /** Before anything is read: a server that drops everything doesn't read either. */
    void begin() throws IOException {
        if (server.fault() == Fault.DROP) {
            hold(Fault.DROP);
        }
    }

    /** As it is. */
    void say(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void answer(byte[] whole) throws IOException {
        Fault now = server.fault();
        switch (now) {
            case DROP -> hold(now);
            case DELAY_20_MS, DELAY_100_MS, DELAY_1_S, DELAY_10_S, DELAY_60_S -> {
                waitFor(now);
                say(whole);
            }
            case RESET_IN_MID_ANSWER -> {
                say(half(whole));
                raw.setSoLinger(true, 0);
                raw.close();
                throw new IOException("reset");
            }
            case HALF_OPEN -> {
                raw.shutdownOutput();
                hold(now);
            }
            case DRIP -> drip(whole);
            case GARBAGE -> forEver(noise(), now);
            case TRUNCATED -> {
                say(half(whole));
                throw new IOException("truncated");
            }
            case OVERSIZED -> {
                say(server.oversized());
                forEver(new byte[NOISE_BYTES], now);
            }
            case ENDLESS -> forEver(server.endless(), now);
            default -> say(whole);
        }
    }

    /** Does nothing for as long as the fault lasts, and then ends the connection. */
    void hold(Fault during) throws IOException {
        server.awaitOther(during, Long.MAX_VALUE, raw);
        throw new IOException(during + " is over");
    }

    private void waitFor(Fault delay) throws IOException {
        if (server.awaitOther(delay, delay.time().toNanos(), raw)) {
            throw new IOException(delay + " is over");
        }
    }

    private void drip(byte[] whole) throws IOException {
        for (byte one : whole) {
            LockSupport.parkNanos(DRIP.toNanos());
            if (server.fault() != Fault.DRIP) {
                throw new IOException("the drip is over");
            }
            say(new byte[] {one});
        }
    }

    void forEver(byte[] bytes, Fault during) throws IOException {
        while (server.fault() == during) {
            say(bytes);
        }
        throw new IOException(during + " is over");
    }

    private static byte[] half(byte[] whole) {
        return Arrays.copyOf(whole, Math.max(1, whole.length / 2));
    }

    private static byte[] noise() {
        byte[] noise = new byte[NOISE_BYTES];
        new Random(NOISE_BYTES).nextBytes(noise);
        return noise;
    }
}
