package io.statehub.sidecar.exposure.web;

import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Snapshots;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code GET /failovers} and {@code GET /failovers/{id}}: what failovers there were, and what each cost. */
@Singleton
class FailoversRoute {

    private static final String PATH = "/failovers";
    private static final int LIMIT = 20;

    /** As many as are remembered. */
    private static final int MAX_LIMIT = 100;

    /** An answer repeats what it refuses only so far; an id is half as long. */
    private static final int MAX_REPEATED = 64;

    private static final String ANY_ID = "\"; allowed: an id of an incident under GET " + PATH;

    private final Snapshots snapshots;

    FailoversRoute(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    private record Answer(int status, String body) {
        static Answer ok(String body) {
            return new Answer(200, body);
        }

        static Answer badRequest(String what) {
            return new Answer(400, FailoversJson.error(what));
        }

        static Answer notFound(String what) {
            return new Answer(404, FailoversJson.error(what));
        }
    }

    void register(@Observes Router router) {
        router.get(PATH).handler(context -> send(list(context), context));
        router.get(PATH + "/:id").handler(context -> send(one(context.pathParam("id")), context));
    }

    private static void send(Answer answer, RoutingContext context) {
        context.response()
                .setStatusCode(answer.status())
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(answer.body());
    }

    private Answer list(RoutingContext context) {
        MultiMap query = context.queryParams();
        OptionalInt limit = limit(given("limit", query));
        if (limit.isEmpty()) {
            return Answer.badRequest("limit of " + PATH + " is \""
                    + cut(given("limit", query).orElse("")) + "\"; allowed: 1 to " + MAX_LIMIT);
        }
        return page(limit.getAsInt(), given("before", query));
    }

    /** One that is given twice is no value that is allowed. */
    private static Optional<String> given(String name, MultiMap query) {
        return query.contains(name) ? Optional.of(String.join(",", query.getAll(name))) : Optional.empty();
    }

    private static OptionalInt limit(Optional<String> given) {
        if (given.isEmpty()) {
            return OptionalInt.of(LIMIT);
        }
        try {
            int limit = Integer.parseInt(given.get());
            return limit >= 1 && limit <= MAX_LIMIT ? OptionalInt.of(limit) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    private Answer page(int limit, Optional<String> before) {
        AgentSnapshot snapshot = snapshots.current();
        List<Incident> history = snapshot.tracking().history();
        OptionalInt from = before.map(id -> after(id, snapshot)).orElse(OptionalInt.of(0));
        if (from.isEmpty()) {
            return Answer.notFound("before of " + PATH + " is \"" + cut(before.orElse("")) + ANY_ID);
        }
        int to = Math.min(history.size(), from.getAsInt() + limit);
        List<Incident> page = history.subList(from.getAsInt(), to);
        Optional<String> next = to < history.size()
                ? Optional.of(PATH + "?limit=" + limit + "&before="
                        + history.get(to - 1).id())
                : Optional.empty();
        return Answer.ok(FailoversJson.list(snapshot, snapshots.stale(snapshot), page, next));
    }

    /** Where in the history the incidents begin that are older than this one; all are older than one that goes on. */
    private static OptionalInt after(String id, AgentSnapshot snapshot) {
        if (snapshot.tracking()
                .state()
                .incident()
                .filter(current -> current.id().equals(id))
                .isPresent()) {
            return OptionalInt.of(0);
        }
        List<String> ids =
                snapshot.tracking().history().stream().map(Incident::id).toList();
        int index = ids.indexOf(id);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index + 1);
    }

    private Answer one(String id) {
        AgentSnapshot snapshot = snapshots.current();
        return snapshot.tracking()
                .incident(id)
                .map(incident -> Answer.ok(FailoversJson.one(snapshot, incident)))
                .orElseGet(() -> Answer.notFound("id in the path is \"" + cut(id) + ANY_ID));
    }

    private static String cut(String text) {
        return text.length() <= MAX_REPEATED ? text : text.substring(0, MAX_REPEATED) + "…";
    }
}
