package io.statehub.sidecar.exposure.web;

import io.statehub.sidecar.agent.AgentSnapshot;
import io.statehub.sidecar.agent.Snapshots;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Tracking;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code GET /failovers} and {@code GET /failovers/{id}}: every incident that is remembered, newest first. */
@Singleton
class FailoversRoute {

    static final int DEFAULT_LIMIT = 20;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final Snapshots snapshots;

    FailoversRoute(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    void register(@Observes Router router) {
        router.get("/failovers").handler(this::list);
        router.get("/failovers/:id").handler(this::one);
    }

    private void list(RoutingContext context) {
        AgentSnapshot snapshot = snapshots.current();
        List<Incident> history = snapshot.tracking().history();
        Optional<Integer> limit = limit(context.request().getParam("limit"));
        if (limit.isEmpty()) {
            error(
                    context,
                    BAD_REQUEST,
                    "limit: '" + context.request().getParam("limit")
                            + "' is not allowed: it must be a whole number from 1 to " + Tracking.MOST_INCIDENTS);
            return;
        }
        String before = context.request().getParam("before");
        Optional<Integer> from = before == null ? Optional.of(0) : after(history, before);
        if (from.isEmpty()) {
            error(context, NOT_FOUND, "before: no incident that has ended has the id '" + before + "'");
            return;
        }
        int to = Math.min(history.size(), from.get() + limit.get());
        List<Incident> page = history.subList(from.get(), to);
        answer(context, OK, json -> page(snapshot, page, next(history, to, limit.get()), json));
    }

    private static Optional<Integer> limit(String text) {
        if (text == null) {
            return Optional.of(DEFAULT_LIMIT);
        }
        boolean digits = text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9') && !text.isEmpty();
        return Optional.of(digits ? Integer.parseInt(text) : 0)
                .filter(limit -> limit >= 1 && limit <= Tracking.MOST_INCIDENTS);
    }

    /** The index after that of the incident with this id. */
    private static Optional<Integer> after(List<Incident> history, String id) {
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).id().equals(id)) {
                return Optional.of(i + 1);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> next(List<Incident> history, int to, int limit) {
        return to < history.size()
                ? Optional.of("/failovers?limit=" + limit + "&before="
                        + history.get(to - 1).id())
                : Optional.empty();
    }

    private static void page(AgentSnapshot snapshot, List<Incident> page, Optional<String> next, JsonGenerator json) {
        Tracking tracking = snapshot.tracking();
        IncidentJson incidents = new IncidentJson(json, tracking, snapshot.at());
        json.write("state", tracking.state().label());
        incidents.leader("leader", tracking.state().leader());
        tracking.state()
                .incident()
                .ifPresentOrElse(
                        current -> {
                            json.writeStartObject("current");
                            incidents.write(current);
                            json.writeEnd();
                        },
                        () -> json.writeNull("current"));
        json.writeStartArray("failovers");
        for (Incident incident : page) {
            json.writeStartObject();
            incidents.write(incident);
            json.writeEnd();
        }
        json.writeEnd();
        TargetJson.text("next", next, json);
    }

    private void one(RoutingContext context) {
        AgentSnapshot snapshot = snapshots.current();
        String id = context.pathParam("id");
        snapshot.tracking()
                .incident(id)
                .ifPresentOrElse(
                        incident -> answer(
                                context,
                                OK,
                                json -> new IncidentJson(json, snapshot.tracking(), snapshot.at()).write(incident)),
                        () -> error(
                                context,
                                NOT_FOUND,
                                "no incident has the id '" + id + "': GET /failovers lists those that are remembered"));
    }

    private static void error(RoutingContext context, int status, String message) {
        answer(context, status, json -> json.write("error", message));
    }

    private static void answer(RoutingContext context, int status, Consumer<JsonGenerator> members) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = Json.createGenerator(out)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEnd();
        }
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(out.toString());
    }
}
