package io.statehub.sidecar.probe.api;

import static java.util.Objects.requireNonNull;

import io.statehub.sidecar.probe.api.ExchangeProgress.Phase;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One request and what comes back, read to a bound.
 *
 * <p>Everything happens on the context's event loop, so nothing here is locked; another thread may start it, look at
 * its progress, wait for its answer and abandon it. However it ends, the connection is either fit for the next request
 * or closed.
 */
final class ApiExchange {

    private final Context context;
    private final HttpClient client;
    private final RequestOptions options;
    private final AnswerRules rules;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final Buffer body = Buffer.buffer();

    private volatile ExchangeProgress progress = ExchangeProgress.before(Phase.LOOKUP);
    private @Nullable HttpClientRequest request;
    private @Nullable ConnectionWatch watch;
    private boolean retried;

    /** @param options method, headers and URI; the address is filled in here */
    ApiExchange(Context context, HttpClient client, RequestOptions options, AnswerRules rules) {
        this.context = context;
        this.client = client;
        this.options = options;
        this.rules = rules;
    }

    /** Sends the request; the future fails with whatever the network had to say. */
    CompletableFuture<Answer> start(NameLookup names) {
        context.runOnContext(go -> names.address(context).onSuccess(this::ask).onFailure(this::end));
        return answer;
    }

    ExchangeProgress progress() {
        return progress;
    }

    /** Stops it and drops the connection, unless it has ended. */
    void abandon() {
        context.runOnContext(stop -> {
            if (answer.cancel(false)) {
                drop();
            }
        });
    }

    private void ask(InetAddress address) {
        options.setServer(SocketAddress.inetSocketAddress(options.getPort(), address.getHostAddress()));
        ask();
    }

    private void ask() {
        if (answer.isDone()) {
            return;
        }
        progress = ExchangeProgress.before(Phase.CONNECTION);
        try {
            client.request(options).onSuccess(this::send).onFailure(this::end);
        } catch (IllegalStateException closed) {
            // The probe was closed after we had been handed its client.
            end(closed);
        }
    }

    private void send(HttpClientRequest ready) {
        request = ready;
        // Without handlers Vert.x logs faults, again each round and in a server's words; they reach us by the response.
        ready.connection().exceptionHandler(alreadyKnown -> {});
        ready.exceptionHandler(alreadyKnown -> {});
        if (answer.isDone()) {
            drop();
            return;
        }
        progress = ExchangeProgress.before(Phase.HEAD);
        watch = ConnectionWatch.onRequest(ready.connection());
        ready.response().onSuccess(this::read).onFailure(this::endOrRetry);
        ready.end();
    }

    private void read(HttpClientResponse response) {
        if (answer.isDone()) {
            return;
        }
        response.exceptionHandler(this::end);
        AnswerHead head = AnswerHead.of(response);
        progress = ExchangeProgress.reading(head, 0);
        if (rules.announcesTooMuch(head)) {
            cut(head);
            return;
        }
        int limit = rules.bytesToRead(head);
        response.endHandler(whole -> answer.complete(new Answer(head, body, false)));
        response.handler(chunk -> {
            if (answer.isDone()) {
                return;
            }
            body.appendBuffer(chunk, 0, Math.min(chunk.length(), limit - body.length()));
            progress = ExchangeProgress.reading(head, progress.bodyBytes() + chunk.length());
            if (progress.bodyBytes() > limit) {
                cut(head);
            }
        });
    }

    private void cut(AnswerHead head) {
        answer.complete(new Answer(head, body, true));
        drop();
    }

    /**
     * A server may close a connection that has been idle for a while, and our request can cross with its farewell. That
     * says nothing about the server's health, so the request goes out once more, on a connection made for it; this is
     * safe for a GET, all the more as not a byte of an answer had come. Anything else is the server's fault and shown.
     */
    private void endOrRetry(Throwable cause) {
        ConnectionWatch used = requireNonNull(watch);
        if (answer.isDone() || retried || !used.isReusedAndSilent() || !FaultClassifier.isConnectionLoss(cause)) {
            end(cause);
            return;
        }
        retried = true;
        HttpConnection stale = requireNonNull(request).connection();
        stale.close().onComplete(gone -> ask());
    }

    private void end(Throwable cause) {
        if (answer.completeExceptionally(cause)) {
            drop();
        }
    }

    /** A reset closes an HTTP/1.1 connection on which something is under way, and keeps one that is still unused. */
    private void drop() {
        if (request != null) {
            request.reset();
        }
    }
}
