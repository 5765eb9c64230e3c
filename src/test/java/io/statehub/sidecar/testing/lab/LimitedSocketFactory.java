package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import javax.net.SocketFactory;

/**
 * Sockets that neither connect nor wait for data longer than a limit. The driver's own limits are whole seconds, and it
 * makes its factory itself: from this class's name and the limit in milliseconds as text.
 */
public final class LimitedSocketFactory extends SocketFactory {

    private final int limitMillis;

    public LimitedSocketFactory(String limitMillis) {
        this.limitMillis = Integer.parseInt(limitMillis);
    }

    static String argument(Duration limit) {
        return Long.toString(limit.toMillis());
    }

    /** The one that the driver uses: it connects by itself. */
    @Override
    public Socket createSocket() throws IOException {
        return new LimitedSocket(limitMillis);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException();
    }

    private static final class LimitedSocket extends Socket {

        private final int limitMillis;

        LimitedSocket(int limitMillis) throws SocketException {
            this.limitMillis = limitMillis;
            super.setSoTimeout(limitMillis);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            super.connect(endpoint, limited(timeout));
        }

        @Override
        public void setSoTimeout(int timeout) throws SocketException {
            super.setSoTimeout(limited(timeout));
        }

        /** Zero would mean for ever. */
        private int limited(int timeout) {
            return timeout == 0 ? limitMillis : Math.min(timeout, limitMillis);
        }
    }
}
