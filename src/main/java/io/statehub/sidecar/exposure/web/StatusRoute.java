package io.statehub.sidecar.exposure.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.statehub.sidecar.exposure.http.Answers;
import io.statehub.sidecar.exposure.http.Document;
import io.statehub.sidecar.snapshot.Snapshots;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** {@code GET /status}: everything that is known, for programs and for people with {@code jq}. */
@Singleton
class StatusRoute {

    private final Document status;
    private final Answers answers;

    StatusRoute(Snapshots snapshots, Answers answers) {
        this.status = new Document(
                "status",
                "application/json",
                snapshot -> StatusJson.of(snapshot, snapshots).getBytes(UTF_8));
        this.answers = answers;
    }

    void register(@Observes Router router) {
        Answers.get("/status", router).handler(context -> answers.send(status, context));
    }
}
