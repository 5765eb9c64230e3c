package io.statehub.sidecar.exposure.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.statehub.sidecar.exposure.http.Answers;
import io.statehub.sidecar.exposure.http.Document;
import io.statehub.sidecar.exposure.http.Documents;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /}: the status page; {@code GET /live}: the parts of it that change, twice a second, as server-sent
 * events.
 */
@Singleton
class PageRoute {

    /** People that look at once, with room to spare; a program is to ask {@code /status}. */
    static final int MOST_VIEWERS = 20;

    private static final long PERIOD_MS = 500;

    private static final String EVENTS = "text/event-stream";

    /** After which a viewer has to ask again, as a browser does by itself: so that nobody holds a place for good. */
    private static final Duration MOST_TIME = Duration.ofMinutes(10);

    private static final Logger LOG = Logger.getLogger(PageRoute.class);

    private final Vertx vertx;
    private final Viewers<HttpServerResponse> viewers = new Viewers<>(MOST_VIEWERS, this::telling);
    private final String style = resource("page.css");
    private final String script = resource("page.js");
    private final String policy =
            "default-src 'none'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'; style-src '" + hash(style) + "'; script-src '" + hash(script) + "'";

    private final PageViews views;
    private final Answers answers;
    private final Documents documents;
    private final Document page;
    private final Document parts;

    PageRoute(Vertx vertx, PageViews views, Answers answers, Documents documents) {
        this.vertx = vertx;
        this.views = views;
        this.answers = answers;
        this.documents = documents;
        this.page = new Document(
                "page",
                "text/html; charset=utf-8",
                snapshot -> Templates.status(views.of(snapshot), style, script)
                        .render()
                        .getBytes(UTF_8));
        this.parts = new Document(
                "live", EVENTS, snapshot -> event(views.of(snapshot)).getBytes(UTF_8));
    }

    void register(@Observes Router router) {
        Answers.get("/", router).handler(this::page);
        Answers.get("/live", router).handler(this::live);
        // Before the route that answers programs.
        Answers.get("/failovers/:id", router).order(-1).handler(this::incident);
    }

    private void page(RoutingContext context) {
        context.response().putHeader("Content-Security-Policy", policy);
        answers.send(page, context);
    }

    /** For whoever prefers a page, as a browser does; programs get JSON at the same address. */
    private void incident(RoutingContext context) {
        String id = context.pathParam("id");
        boolean known = views.incident(id).isPresent();
        if (!known || !prefersPage(context.request().getHeader("Accept"))) {
            context.next();
            return;
        }
        context.response().putHeader("Content-Security-Policy", policy);
        answers.send(
                new Document(
                        "page of incident " + id,
                        "text/html; charset=utf-8",
                        snapshot -> views.incident(id)
                                .map(view -> Templates.incident(view, style).render())
                                .orElse("it was forgotten while it was asked for")
                                .getBytes(UTF_8)),
                context);
    }

    private static boolean prefersPage(@Nullable String accept) {
        return accept != null && accept.contains("text/html");
    }

    private void live(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (viewers.full()) {
            refuse(response);
            return;
        }
        response.putHeader("Content-Type", EVENTS);
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.end();
            return;
        }
        response.setChunked(true);
        response.closeHandler(closed -> viewers.leave(response));
        response.exceptionHandler(fault -> viewers.leave(response));
        long limit = vertx.setTimer(MOST_TIME.toMillis(), timer -> {
            if (viewers.leave(response)) {
                response.end();
            }
        });
        Runnable leaving = () -> vertx.cancelTimer(limit);
        // Only now, since whoever is in is told at once; somebody else may have been quicker.
        if (!viewers.enter(response, leaving)) {
            leaving.run();
            refuse(response);
            return;
        }
        Answers.withoutEnd(context);
        tell();
    }

    private static void refuse(HttpServerResponse response) {
        response.setStatusCode(503)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader("Retry-After", "10")
                .end("more than " + MOST_VIEWERS + " viewers; GET /status answers any number");
    }

    /** Begins to tell whoever looks, and returns what ends it. */
    private Runnable telling() {
        long timer = vertx.setPeriodic(PERIOD_MS, period -> tell());
        return () -> vertx.cancelTimer(timer);
    }

    /** A viewer that doesn't read misses what it has no room for, and costs no memory. */
    private void tell() {
        documents
                .plain(parts)
                .onSuccess(event -> viewers.now().stream()
                        .filter(viewer -> !viewer.writeQueueFull())
                        .forEach(viewer -> viewer.write(event)))
                .onFailure(fault -> LOG.error("what changes of the page could not be made", fault));
    }

    private static String event(PageView view) {
        StringBuilder event = new StringBuilder();
        Templates.status$live(view)
                .render()
                .lines()
                .forEach(line -> event.append("data: ").append(line).append('\n'));
        return event.append('\n').toString();
    }

    static String resource(String name) {
        try (InputStream in = PageRoute.class.getResourceAsStream("/io/statehub/sidecar/page/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By which a browser lets this one through and no other. */
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
