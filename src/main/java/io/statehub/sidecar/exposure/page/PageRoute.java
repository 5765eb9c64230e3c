package io.statehub.sidecar.exposure.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
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
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@code GET /}: the status page; {@code GET /live}: the parts of it that change, twice a second, as server-sent events. */
@Singleton
class PageRoute {

    /** People that look at once, with room to spare; a program is to ask {@code /status}. */
    static final int MOST_VIEWERS = 20;

    private static final long PERIOD_MS = 500;

    private final PageViews views;
    private final Set<HttpServerResponse> viewers = ConcurrentHashMap.newKeySet();
    private final String style = resource("page.css");
    private final String script = resource("page.js");
    private final String policy =
            "default-src 'none'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'; style-src '" + hash(style) + "'; script-src '" + hash(script) + "'";

    PageRoute(PageViews views) {
        this.views = views;
    }

    void register(@Observes Router router, Vertx vertx) {
        router.get("/").handler(this::page);
        router.get("/live").handler(this::live);
        vertx.setPeriodic(PERIOD_MS, timer -> tell());
    }

    private void page(RoutingContext context) {
        context.response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Security-Policy", policy)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .end(Templates.status(views.current(), style, script).render());
    }

    private void live(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (viewers.size() >= MOST_VIEWERS) {
            response.setStatusCode(503)
                    .putHeader("Content-Type", "text/plain; charset=utf-8")
                    .putHeader("Retry-After", "10")
                    .end("more than " + MOST_VIEWERS + " viewers; GET /status answers any number");
            return;
        }
        response.putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .setChunked(true);
        response.closeHandler(closed -> viewers.remove(response));
        response.exceptionHandler(fault -> viewers.remove(response));
        viewers.add(response);
        response.write(event());
    }

    /** A viewer that doesn't read misses what it has no room for, and costs no memory. */
    private void tell() {
        if (viewers.isEmpty()) {
            return;
        }
        String event = event();
        viewers.stream().filter(viewer -> !viewer.writeQueueFull()).forEach(viewer -> viewer.write(event));
    }

    private String event() {
        StringBuilder event = new StringBuilder();
        Templates.status$live(views.current())
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
