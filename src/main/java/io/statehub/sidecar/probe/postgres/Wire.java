package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.probe.postgres.Exchange.LateException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/**
 * The TCP connection under the driver's own, with the bounds that the driver doesn't have: whatever the driver does,
 * and under TLS too, each read ends when the exchange's time is over or its bytes are used up. The driver's timeouts
 * count for one read each, so that a server that sends a byte now and then would hold it for ever.
 */
// A lock here would let a thread that waits in one of them keep the deadline from closing the socket.
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class Wire extends Socket {

    /** What a client begins with if it wants TLS (PostgreSQL documentation, SSLRequest). */
    private static final byte[] TLS_REQUEST = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    private static final int LOOK_MILLIS = 1;

    private final MessageCheck messages = new MessageCheck();
    private volatile Exchange exchange;
    private int patience;
    private volatile boolean heard;
    private volatile boolean late;
    private volatile boolean loggedIn;
    private boolean saidSomething;
    private boolean tlsRequested;
    private volatile boolean checked = true;

    Wire(Exchange exchange) {
        this.exchange = exchange;
    }

    static byte[] tlsRequest() {
        return TLS_REQUEST.clone();
    }

    /** From now on this counts. */
    void during(Exchange next) {
        exchange = next;
    }

    Exchange exchange() {
        return exchange;
    }

    /** The session is made. */
    void markLoggedIn() {
        loggedIn = true;
    }

    /** Whether the other end has said anything at all. */
    boolean heard() {
        return heard;
    }

    /** Whether a login on it was given up for want of an answer, so that the server may still be busy with it. */
    boolean givenUpAtLogin() {
        return late && !loggedIn;
    }

    /**
     * Whether the other end has said or done anything since the login was given up: then nobody there hangs any more,
     * and it is ended, which a server that works notices. Takes about a millisecond.
     */
    boolean stirs() {
        if (isClosed()) {
            return true;
        }
        try {
            super.setSoTimeout(LOOK_MILLIS);
            super.getInputStream().read();
        } catch (SocketTimeoutException nothing) {
            return false;
        } catch (IOException broken) {
            // A reset is as good an end as any.
        }
        cut();
        return true;
    }

    /** Ends it at once, from any thread. */
    void cut() {
        try {
            super.close();
        } catch (IOException e) {
            // The descriptor is freed all the same.
        }
    }

    /** As always, but a login that was given up stays open, so that it shows when the server is done with it. */
    @Override
    public void close() throws IOException {
        if (!givenUpAtLogin()) {
            super.close();
        }
    }

    /**
     * TLS above ends its half of a connection that it closes: through what was shut so, nothing would show any more.
     */
    @Override
    public void shutdownInput() throws IOException {
        if (!givenUpAtLogin()) {
            super.shutdownInput();
        }
    }

    /** As for the other half. */
    @Override
    public void shutdownOutput() throws IOException {
        if (!givenUpAtLogin()) {
            super.shutdownOutput();
        }
    }

    @Override
    public void setSoTimeout(int millis) {
        patience = millis;
    }

    @Override
    public int getSoTimeout() {
        return patience;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Bounded(super.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                if (!saidSomething) {
                    saidSomething = true;
                    tlsRequested = Arrays.equals(bytes, from, from + count, TLS_REQUEST, 0, TLS_REQUEST.length);
                }
                out.write(bytes, from, count);
            }
        };
    }

    private int read(InputStream in, byte[] into, int from, int most) throws IOException {
        if (late) {
            throw exchange.late();
        }
        try {
            int left = exchange.millisLeft();
            super.setSoTimeout(patience == 0 ? left : Math.min(patience, left));
            int count = in.read(into, from, most);
            if (count > 0) {
                heard = true;
                exchange.received(count);
                check(into, from, count);
            }
            return count;
        } catch (SocketTimeoutException e) {
            if (exchange.deadline().remaining().toMillis() > 0) {
                throw e;
            }
            late = true;
            throw exchange.late();
        } catch (LateException e) {
            late = true;
            throw e;
        }
    }

    private void check(byte[] received, int from, int count) throws IOException {
        int skipped = 0;
        if (tlsRequested) {
            tlsRequested = false;
            skipped = 1;
            // With TLS the messages are inside of it, where CheckedTlsSocket follows them.
            checked = received[from] == 'N';
        }
        if (checked) {
            messages.follow(received, from + skipped, count - skipped, exchange);
        }
    }

    private final class Bounded extends InputStream {

        private final InputStream in;

        Bounded(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            return Wire.this.read(in, into, from, most);
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            Wire.this.close();
        }
    }
}
