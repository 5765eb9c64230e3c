package io.statehub.sidecar.probe.api;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client, made again whenever the file of trusted certificates changes. A new client rather than new options:
 * connections that the old certificates let in go with the old client.
 */
final class TrustedClient implements AutoCloseable {

    static final int MAX_STATUS_LINE = 4096;
    static final int MAX_HEADERS = 8192;

    /** Also what a server can push into the kernel's buffer beyond what we read. */
    private static final int RECEIVE_BUFFER_BYTES = 64 * 1024;
    /**
     * Requests for which a connection is being made or that wait for it, given up or not: the pool would forget what
     * it connects for a request that could be taken out, and begin again for the next.
     */
    private static final int MAX_WAITING = 4;

    private final Vertx vertx;
    private final Duration connectTimeout;
    private final Duration tlsTimeout;
    private final Optional<CaFile> caFile;

    private @Nullable HttpClient client;
    private CaFile.@Nullable Version trusted;
    private boolean closed;

    TrustedClient(Vertx vertx, Duration connectTimeout, Duration tlsTimeout, Optional<CaFile> caFile) {
        this.vertx = vertx;
        this.connectTimeout = connectTimeout;
        this.tlsTimeout = tlsTimeout;
        this.caFile = caFile;
    }

    /**
     * The client that trusts what the file says now.
     *
     * @throws IOException with a sentence on the file, if it can't be used
     */
    synchronized HttpClient current() throws IOException {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        // Looked at before it is read: if it changes in between, the next look shows it.
        CaFile.@Nullable Version version = caFile.map(CaFile::version).orElse(null);
        HttpClient usable = client;
        if (usable != null && (caFile.isEmpty() || (version != null && version.equals(trusted)))) {
            return usable;
        }
        discard();
        HttpClient made = make();
        client = made;
        trusted = version;
        return made;
    }

    @Override
    public synchronized void close() {
        closed = true;
        discard();
    }

    private void discard() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    private HttpClient make() throws IOException {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(true)
                .setPipelining(false)
                .setDecompressionSupported(false)
                .setVerifyHost(true)
                .setConnectTimeout(Math.toIntExact(connectTimeout.toMillis()))
                .setSslHandshakeTimeout(tlsTimeout.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxInitialLineLength(MAX_STATUS_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        if (caFile.isPresent()) {
            Buffer pem = Buffer.buffer(caFile.get().read());
            options.setTrustOptions(new PemTrustOptions().addCertValue(pem));
        }
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(1).setMaxWaitQueueSize(MAX_WAITING))
                .build();
    }
}
