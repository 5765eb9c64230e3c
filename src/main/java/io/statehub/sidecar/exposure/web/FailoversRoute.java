package io.statehub.sidecar.exposure.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.statehub.sidecar.exposure.http.Answers;
import io.statehub.sidecar.exposure.http.Document;
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

    private static final String JSON = "application/json";

    private final Snapshots snapshots;
    private final Answers answers;

    FailoversRoute(Snapshots snapshots, Answers answers) {
        this.snapshots = snapshots;
        this.answers = answers;
    }

    /** An incident, or a page of them; or why there is none. */
    private sealed interface Answer {
        record Found(Document document) implements Answer {}

        record Refused(int status, String what) implements Answer {}

        static Answer badRequest(String what) {
            return new Refused(400, what);
        }

        static Answer notFound(String what) {
            return new Refused(404, what);
        }
    }

    void register(@Observes Router router) {
        Answers.get(PATH, router).handler(context -> send(list(context), context));
        Answers.get(PATH + "/:id", router).handler(context -> send(one(context.pathParam("id")), context));
    }

    private void send(Answer answer, RoutingContext context) {
        if (answer instanceof Answer.Found found) {
            answers.send(found.document(), context);
        } else if (answer instanceof Answer.Refused refused) {
            Answers.json(refused.status(), FailoversJson.error(refused.what()), context);
        }
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
        if (before.isPresent() && after(before.get(), snapshots.current()).isEmpty()) {
            return Answer.notFound("before of " + PATH + " is \"" + cut(before.get()) + ANY_ID);
        }
        String key =
                PATH + "?limit=" + limit + before.map(id -> "&before=" + id).orElse("");
        return new Answer.Found(new Document(key, JSON, snapshot -> page(limit, before, snapshot)));
    }

    private byte[] page(int limit, Optional<String> before, AgentSnapshot snapshot) {
        List<Incident> history = snapshot.tracking().history();
        int from =
                before.map(id -> after(id, snapshot)).orElse(OptionalInt.of(0)).orElse(history.size());
        int to = Math.min(history.size(), from + limit);
        Optional<String> next = to < history.size()
                ? Optional.of(PATH + "?limit=" + limit + "&before="
                        + history.get(to - 1).id())
                : Optional.empty();
        return FailoversJson.list(snapshot, snapshots.stale(snapshot), history.subList(from, to), next)
                .getBytes(UTF_8);
    }

    /** Where in the history the incidents begin that are older than this one; all are older than an ongoing one. */
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
        if (snapshots.current().tracking().incident(id).isEmpty()) {
            return Answer.notFound("id in the path is \"" + cut(id) + ANY_ID);
        }
        return new Answer.Found(new Document(PATH + "/" + id, JSON, snapshot -> one(id, snapshot)));
    }

    private static byte[] one(String id, AgentSnapshot snapshot) {
        return snapshot.tracking()
                .incident(id)
                .map(incident -> FailoversJson.one(snapshot, incident))
                .orElseGet(() -> FailoversJson.error("it was forgotten while it was asked for"))
                .getBytes(UTF_8);
    }

    private static String cut(String text) {
        return text.length() <= MAX_REPEATED ? text : text.substring(0, MAX_REPEATED) + "…";
    }
}
