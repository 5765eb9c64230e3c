package io.statehub.sidecar.probe.postgres;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.Socket;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.util.PSQLException;

/**
 * TLS as the driver makes it, with what comes out of it checked message by message. Public because the driver makes it
 * by its name.
 */
@RegisterForReflection
public final class CheckedTlsFactory extends LibPQFactory {

    /** As the driver does. */
    public CheckedTlsFactory(Properties info) throws PSQLException {
        super(info);
    }

    @Override
    public Socket createSocket(Socket below, String host, int port, boolean autoClose) throws IOException {
        SSLSocket secured = (SSLSocket) super.createSocket(below, host, port, autoClose);
        return new CheckedTlsSocket(secured, (Wire) below);
    }
}
