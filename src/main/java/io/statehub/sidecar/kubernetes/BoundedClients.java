package io.statehub.sidecar.kubernetes;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientBuilder;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.impl.HttpClientBuilderImpl;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import java.util.concurrent.TimeUnit;

/**
 * Makes the connections of a Kubernetes client, so many of them and no more, each given up where the API server has no
 * end to what it says or does not get through with its handshake. The client by itself opens up to 8,192, collects 2
 * GiB of a message, and lets no setting change it.
 */
public final class BoundedClients implements HttpClient.Factory {

    /** The lease, an event and a question of a command, beside what is watched. */
    private static final int BESIDE_WATCHES = 3;

    private final Vertx vertx;
    private final long heap;
    private final int most;

    /**
     * Bounds what it makes.
     *
     * @param vertx on whose event loops; its own interface for implementations, as Quarkus and Vert.x make it
     * @param heap the most that this process may grow to, in bytes
     * @param watched how many kinds of objects are watched
     */
    public BoundedClients(Vertx vertx, long heap, int watched) {
        this.vertx = new BoundedVertx((VertxInternal) vertx);
        this.heap = heap;
        this.most = mostRequests(watched);
    }

    private static int mostRequests(int watched) {
        // Where there are no web sockets, each watch is a request that does not end.
        return watched + BESIDE_WATCHES;
    }

    /**
     * How many connections one client has at most, whatever the API server does: for each request that may be under
     * way, and as many web sockets, each of which may be one that is still being ended beside its successor.
     */
    public static int most(int watched) {
        return 2 * mostRequests(watched);
    }

    @Override
    public HttpClient.Builder newBuilder() {
        VertxHttpClientBuilder<BoundedClients> builder = new VertxHttpClientBuilder<>(this, vertx);
        new BoundedAnswers(heap).bound(builder);
        return builder;
    }

    /** The client asks for its connections here, and has no other place where somebody could have a say. */
    private final class BoundedVertx extends VertxWrapper {

        private BoundedVertx(VertxInternal delegate) {
            super(delegate);
        }

        @Override
        public HttpClientBuilder httpClientBuilder() {
            return new HttpClientBuilderImpl(this);
        }

        @Override
        public io.vertx.core.http.HttpClient createHttpPoolClient(
                HttpClientOptions options, PoolOptions unbounded, CloseFuture closing) {
            int message = (int) Math.min(BoundedAnswers.most(heap), Integer.MAX_VALUE);
            options.setMaxWebSocketFrameSize(message)
                    .setMaxWebSocketMessageSize(message)
                    .setSslHandshakeTimeout(options.getConnectTimeout())
                    .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
            return new BoundedConnections(delegate, options, most, closing);
        }
    }
}
