package io.statehub.sidecar.exposure.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Sends documents, and the short answers to what can't be answered otherwise. */
@Singleton
public class Answers {

    private static final Logger LOG = Logger.getLogger(Answers.class);

    private static final String JSON = "application/json";

    private final Documents documents;

    Answers(Documents documents) {
        this.documents = documents;
    }

    /** A route that answers {@code GET}, and {@code HEAD} with the same headers. */
    public static Route get(String path, Router router) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    /** To be said of an answer that lasts for as long as the client takes it. */
    public static void withoutEnd(RoutingContext context) {
        HttpGuard.client(context).ifPresent(ClientConnection::answersWithoutEnd);
    }

    /** Answers with a document, compressed if that is asked for. */
    public void send(Document document, RoutingContext context) {
        boolean gzip = AcceptedEncodings.gzip(context.request().getHeader("Accept-Encoding"));
        Future<Buffer> content = gzip ? documents.compressed(document) : documents.plain(document);
        HttpServerResponse response = context.response();
        response.putHeader("Content-Type", document.contentType());
        response.putHeader("Vary", "Accept, Accept-Encoding");
        if (gzip) {
            response.putHeader("Content-Encoding", "gzip");
        }
        if (content.succeeded()) {
            end(content.result(), context);
            return;
        }
        var eventLoop = context.vertx().getOrCreateContext();
        content.onComplete(made -> eventLoop.runOnContext(ignored -> {
            if (made.succeeded()) {
                end(made.result(), context);
            } else {
                LOG.errorf(made.cause(), "%s could not be made", document.key());
                response.headers().remove("Content-Encoding");
                json(500, "{\"error\":\"the answer could not be made; the log has why\"}", context);
            }
        }));
    }

    /** Answers with a short text in JSON. */
    public static void json(int status, String body, RoutingContext context) {
        context.response().setStatusCode(status).putHeader("Content-Type", JSON);
        end(Buffer.buffer(body), context);
    }

    private static void end(Buffer content, RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.putHeader("Content-Length", Integer.toString(content.length()));
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            ConnectionLimits.OPEN.makeRoomFor(content.length());
            response.end(content);
        }
    }
}
