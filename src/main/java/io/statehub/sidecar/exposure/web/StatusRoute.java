package io.statehub.sidecar.exposure.web;

import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Snapshots;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** {@code GET /status}: everything that is known, for programs and for people with {@code jq}. */
@Singleton
class StatusRoute {

    private final Snapshots snapshots;

    StatusRoute(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    void register(@Observes Router router) {
        router.get("/status").handler(this::answer);
    }

    private void answer(RoutingContext context) {
        AgentSnapshot snapshot = snapshots.current();
        context.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(StatusJson.of(snapshot, snapshots));
    }
}
