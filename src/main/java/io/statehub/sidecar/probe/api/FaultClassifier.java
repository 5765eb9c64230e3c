package io.statehub.sidecar.probe.api;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.statehub.sidecar.observation.Causes;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.probe.OwnLimits;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * From what the network threw to a fact about the target.
 *
 * @param target who was asked
 * @param connectTimeout allowed for a TCP connection
 * @param tlsTimeout allowed for TLS
 * @param trust where the trusted certificates come from, for people
 */
record FaultClassifier(ApiTarget target, Duration connectTimeout, Duration tlsTimeout, String trust) {

    /** Whether the connection was lost, as opposed to never made or used wrongly. */
    static boolean isConnectionLoss(Throwable cause) {
        return cause instanceof HttpClosedException
                || (cause instanceof IOException && !(cause instanceof SSLException));
    }

    /**
     * Says what went wrong.
     *
     * @param cause what the exchange failed with
     * @param progress how far it had come
     * @param waited since it began
     * @param secret kept out of the detail, should the server have sent it back
     */
    Failure classify(Throwable cause, ExchangeProgress progress, Duration waited, Optional<BearerToken> secret) {
        String server = target.server();
        Optional<String> limit = OwnLimits.behind(cause);
        if (limit.isPresent()) {
            return new Failure(FailureKind.OWN_LIMIT, server + ", " + limit.get());
        }
        if (cause instanceof UnknownHostException) {
            return new Failure(FailureKind.UNRESOLVED, target.host());
        }
        // Netty makes its connect timeout a kind of ConnectException, so it has to come first.
        if (cause instanceof ConnectTimeoutException) {
            return timedOut("no TCP connection to " + server, waited, connectTimeout);
        }
        if (cause instanceof NoRouteToHostException) {
            return new Failure(FailureKind.UNREACHABLE, server);
        }
        if (cause instanceof ConnectException) {
            return new Failure(FailureKind.REFUSED, server);
        }
        if (Causes.find(cause, SslHandshakeTimeoutException.class).isPresent()) {
            return timedOut("no TLS session with " + server, waited, tlsTimeout);
        }
        if (cause instanceof SSLException) {
            return new TlsFault(target, trust).explain(cause);
        }
        if (isConnectionLoss(cause) || cause instanceof PrematureChannelClosureException) {
            return new Failure(FailureKind.RESET, server + ", " + during(progress));
        }
        if (cause instanceof TooLongFrameException) {
            return new Failure(
                    FailureKind.TOO_LARGE,
                    "%s answered with a status line or headers of more than the %d and %d bytes allowed"
                            .formatted(target.page(), TrustedClient.MAX_STATUS_LINE, TrustedClient.MAX_HEADERS));
        }
        return new Failure(FailureKind.PROTOCOL, server + " gave no HTTP answer" + quoted(cause, secret));
    }

    /** What to say when the whole answer wasn't there in time. */
    Failure late(ExchangeProgress progress, Duration waited, Duration allowed) {
        return timedOut(target.page() + " gave no whole answer, given up " + during(progress), waited, allowed);
    }

    private static Failure timedOut(String what, Duration waited, Duration allowed) {
        return new Failure(
                FailureKind.TIMED_OUT,
                "%s after %d ms, allowed %d".formatted(what, waited.toMillis(), allowed.toMillis()));
    }

    private String during(ExchangeProgress progress) {
        return switch (progress.phase()) {
            case LOOKUP -> "looking up the name " + target.host();
            case CONNECTION ->
                (target.tls() ? "connecting or agreeing on TLS with " : "connecting to ") + target.server();
            case HEAD -> "waiting for the answer to begin";
            case BODY ->
                progress.head().map(head -> reading(head, progress.bodyBytes())).orElse("reading the body");
        };
    }

    private static String reading(AnswerHead head, long bytes) {
        String of = head.contentLength() < 0 ? "" : " of " + head.contentLength();
        return "reading the body, " + bytes + of + " bytes after status " + head.status();
    }

    /** What was wrong with what the server sent; it quotes that. */
    private static String quoted(Throwable cause, Optional<BearerToken> secret) {
        String message = cause.getMessage();
        return message == null ? "" : ": " + ServerText.quote(message, secret);
    }
}
