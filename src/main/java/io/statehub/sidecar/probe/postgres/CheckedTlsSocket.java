package io.statehub.sidecar.probe.postgres;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A TLS connection that does what another does, and checks what it reads. */
// Each hands on to the socket below, which has locks of its own.
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class CheckedTlsSocket extends SSLSocket {

    private final SSLSocket secured;
    private final Wire below;
    private final MessageCheck messages = new MessageCheck();

    CheckedTlsSocket(SSLSocket secured, Wire below) {
        this.secured = secured;
        this.below = below;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(secured.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                int count = in.read(into, from, most);
                if (count > 0) {
                    messages.follow(into, from, count, below.exchange());
                }
                return count;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return secured.getOutputStream();
    }

    @Override
    public void close() throws IOException {
        secured.close();
    }

    @Override
    public boolean isClosed() {
        return secured.isClosed();
    }

    @Override
    public boolean isConnected() {
        return secured.isConnected();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        secured.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return secured.getSoTimeout();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        secured.setTcpNoDelay(on);
    }

    @Override
    public int getSendBufferSize() throws SocketException {
        return secured.getSendBufferSize();
    }

    @Override
    public InetAddress getInetAddress() {
        return secured.getInetAddress();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return secured.getRemoteSocketAddress();
    }

    @Override
    public void startHandshake() throws IOException {
        secured.startHandshake();
    }

    @Override
    public SSLSession getSession() {
        return secured.getSession();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return secured.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        secured.setSSLParameters(parameters);
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return secured.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return secured.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        secured.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return secured.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return secured.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        secured.setEnabledProtocols(protocols);
    }

    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
        secured.addHandshakeCompletedListener(listener);
    }

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
        secured.removeHandshakeCompletedListener(listener);
    }

    @Override
    public void setUseClientMode(boolean client) {
        secured.setUseClientMode(client);
    }

    @Override
    public boolean getUseClientMode() {
        return secured.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        secured.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return secured.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        secured.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return secured.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean enabled) {
        secured.setEnableSessionCreation(enabled);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return secured.getEnableSessionCreation();
    }
}
