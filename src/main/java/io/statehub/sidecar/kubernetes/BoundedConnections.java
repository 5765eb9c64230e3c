package io.statehub.sidecar.kubernetes;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.impl.HttpClientImpl;
import io.vertx.core.http.impl.WebSocketInternal;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.VertxInternal;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections of which there are never more than so many, whether or not anybody still waits for them.
 *
 * <p>Vert.x by itself forgets a pool without connections as soon as nobody waits for one of it, whatever is still being
 * connected: after requests that were given up during a handshake, the next begins with an empty pool, and what then
 * gets through with its handshake stays open and unused. Of web sockets it doesn't count those that waited for another
 * to end.
 */
final class BoundedConnections extends HttpClientImpl {

    /** As many as there may be are open, being made or being ended. The client asks again after such a fault. */
    static final class NoneFreeException extends IOException {
        private static final long serialVersionUID = 1L;

        NoneFreeException(String message) {
            super(message);
        }
    }

    /** For a connection that was given up to be closed in fact. */
    private static final long CLOSING_MILLIS = 1_000;

    private final int most;
    private final AtomicInteger webSockets = new AtomicInteger();

    /**
     * Makes none yet.
     *
     * @param most how many for requests, and how many web sockets, from 1
     */
    BoundedConnections(VertxInternal vertx, HttpClientOptions options, int most, CloseFuture closing) {
        super(vertx, options, pool(most), closing);
        this.most = most;
        closing.add(this);
    }

    private static PoolOptions pool(int most) {
        // Vert.x counts those too for whom a connection is being made: as many again may wait.
        return new PoolOptions().setHttp1MaxSize(most).setMaxWaitQueueSize(2 * most);
    }

    /**
     * As always, but the connection that is being made for a request stays in the pool when the request is given up.
     *
     * @return fails with a {@link TimeoutException} when the time of the request is over, and with a
     *     {@link NoneFreeException} if too many wait already
     */
    @Override
    public Future<HttpClientRequest> request(RequestOptions asked) {
        if (asked.getTimeout() <= 0) {
            return super.request(asked);
        }
        // Of the context that the request gets too: an answer may not come before somebody listens.
        Promise<HttpClientRequest> inTime = vertx.promise();
        long timer = vertx.setTimer(
                asked.getTimeout(),
                id -> inTime.tryFail(new TimeoutException("no connection within " + asked.getTimeout() + " ms")));
        super.request(new RequestOptions(asked).setConnectTimeout(0)).onComplete(made -> {
            vertx.cancelTimer(timer);
            if (made.failed()) {
                inTime.tryFail(told(made.cause()));
            } else if (!inTime.tryComplete(made.result())) {
                // Nothing was sent yet, so the connection is free for the next; the request hears of its own end.
                made.result().exceptionHandler(reset -> {}).reset();
            }
        });
        return inTime.future();
    }

    private static Throwable told(Throwable thrown) {
        return thrown instanceof ConnectionPoolTooBusyException
                ? new NoneFreeException(String.valueOf(thrown.getMessage()))
                : thrown;
    }

    /**
     * As always, but fails with a {@link NoneFreeException} if there are as many as there may be, those too that are
     * being made or ended.
     */
    @Override
    public Future<WebSocket> webSocket(WebSocketConnectOptions asked) {
        if (webSockets.incrementAndGet() > most) {
            webSockets.decrementAndGet();
            return Future.failedFuture(new NoneFreeException("there are " + most + " web sockets"));
        }
        WebSocketConnectOptions bounded = bounded(asked);
        Promise<WebSocket> inTime = vertx.promise();
        long timer = vertx.setTimer(longest(bounded), id -> {
            if (inTime.tryFail(new TimeoutException("no web socket in time"))) {
                webSockets.decrementAndGet();
            }
        });
        super.webSocket(bounded).onComplete(made -> {
            vertx.cancelTimer(timer);
            if (made.succeeded() && inTime.tryComplete(made.result())) {
                ((WebSocketInternal) made.result())
                        .channelHandlerContext()
                        .channel()
                        .closeFuture()
                        .addListener(closed -> webSockets.decrementAndGet());
            } else if (made.succeeded()) {
                made.result().close();
            } else if (inTime.tryFail(made.cause())) {
                webSockets.decrementAndGet();
            }
        });
        return inTime.future();
    }

    /** Vert.x closes the connection of one that is not answered only if that has a time. */
    private WebSocketConnectOptions bounded(WebSocketConnectOptions asked) {
        return asked.getTimeout() > 0
                ? asked
                : new WebSocketConnectOptions(asked).setTimeout(options.getConnectTimeout());
    }

    /** By then it is made or its connection is closed, of which Vert.x doesn't always tell; in milliseconds. */
    private long longest(WebSocketConnectOptions bounded) {
        long handshake = options.getSslHandshakeTimeoutUnit().toMillis(options.getSslHandshakeTimeout());
        return options.getConnectTimeout() + handshake + bounded.getTimeout() + CLOSING_MILLIS;
    }
}
