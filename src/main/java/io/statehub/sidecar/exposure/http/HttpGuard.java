package io.statehub.sidecar.exposure.http;

import io.netty.channel.Channel;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/**
 * Sees each request first: gives its answer the headers that all have, and closes connections that ask without reading.
 */
@Singleton
class HttpGuard {

    private static final int FIRST = Integer.MAX_VALUE;
    private static final long LOOK_MS = 1000;

    private static final Set<HttpMethod> READ = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private static final String ONLY_READ = "{\"error\":\"nothing can be changed here; allowed: GET and HEAD\"}";

    private static final String NOTHING_HERE = "{\"error\":\"there is nothing at this path; allowed: /, /status,"
            + " /failovers, /metrics, /q/health and /q/health/live, ready, started, group/api, group/replication\"}";

    private final TimeSource time;

    HttpGuard(TimeSource time) {
        this.time = time;
    }

    void register(@Observes Router router) {
        router.errorHandler(404, context -> Answers.json(404, NOTHING_HERE, context));
    }

    void register(@Observes Filters filters, Vertx vertx) {
        filters.register(this::first, FIRST);
        vertx.setPeriodic(LOOK_MS, timer -> ConnectionLimits.OPEN.closeSlow(time.now()));
    }

    private void first(RoutingContext context) {
        Optional<ClientConnection> client = client(context);
        if (client.isPresent() && !admitted(client.get(), context)) {
            client.get().close();
            return;
        }
        headers(context.response().headers());
        if (READ.contains(context.request().method())) {
            context.next();
        } else {
            context.response().putHeader("Allow", "GET, HEAD");
            Answers.json(405, ONLY_READ, context);
        }
    }

    /** Whose request it is; empty where connections are not limited. */
    static Optional<ClientConnection> client(RoutingContext context) {
        Channel channel = ((ConnectionBase) context.request().connection()).channel();
        return ClientConnection.of(channel);
    }

    private static boolean admitted(ClientConnection client, RoutingContext context) {
        // By the stream, not by the version, which over HTTP/1.1 is what the client says.
        if (context.response().streamId() >= 0) {
            client.asksOneOfMany();
            return true;
        }
        context.addEndHandler(ended -> client.answered());
        return client.asks();
    }

    /** The status page loosens the policy by what it needs. */
    private static void headers(MultiMap headers) {
        headers.set("Cache-Control", "no-store");
        headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Content-Type-Options", "nosniff");
    }
}
