package io.statehub.sidecar.probe.postgres;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Hands the driver the connection of the attempt that is made on this thread. Public because the driver makes it by its
 * name.
 */
@RegisterForReflection
public final class WireFactory extends SocketFactory {

    /** As the driver does. */
    public WireFactory() {}

    @Override
    public Socket createSocket() throws IOException {
        return Dial.onThisThread().open();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("the driver connects a socket after it was made");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("the driver connects a socket after it was made");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("the driver connects a socket after it was made");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException("the driver connects a socket after it was made");
    }
}
