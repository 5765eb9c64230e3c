package io.statehub.sidecar.exposure.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.statehub.sidecar.snapshot.Snapshots;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Health is answered from the first moment. Everything else waits until the journal has been read, for a few seconds at
 * most: a counter that is 0 first and what it was afterwards would look like that many failovers.
 */
@Singleton
class StartGate {

    /** They wait in memory, and whoever can ask can ask often. */
    static final int MOST_WAITING = 64;

    private static final int AFTER_THE_GUARD = Integer.MAX_VALUE - 1;
    private static final String HEALTH = "/q/health";

    private static final String STARTING = "{\"error\":\"the sidecar is starting: ask again in a second\"}";

    private final Snapshots snapshots;
    private final AtomicInteger waited = new AtomicInteger();

    StartGate(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    void register(@Observes Filters filters) {
        filters.register(this::pass, AFTER_THE_GUARD);
    }

    private void pass(RoutingContext context) {
        if (snapshots.hasBegun() || context.normalizedPath().startsWith(HEALTH)) {
            context.next();
        } else if (waited.incrementAndGet() <= MOST_WAITING) {
            hold(context);
        } else {
            context.response().putHeader("Retry-After", "1");
            Answers.json(503, STARTING, context);
        }
    }

    private void hold(RoutingContext context) {
        Context loop = context.vertx().getOrCreateContext();
        context.request().pause();
        snapshots.onceBegun(() -> loop.runOnContext(now -> {
            if (!context.response().closed()) {
                context.request().resume();
                context.next();
            }
        }));
    }
}
