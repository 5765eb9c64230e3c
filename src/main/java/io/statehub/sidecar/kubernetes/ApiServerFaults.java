package io.statehub.sidecar.kubernetes;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statehub.sidecar.observation.Causes;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.vertx.core.http.StreamResetException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** From what the client threw to a fact about the API server. */
final class ApiServerFaults {

    private static final String NO_ROOM = ": more than this process has room for";

    private ApiServerFaults() {}

    /** What went wrong when {@code what} was asked for. */
    static Failure classify(Throwable thrown, String what) {
        return new Failure(kind(thrown), what + said(thrown));
    }

    /** There is more of {@code what} than this process can hold. */
    static Failure noRoom(String what) {
        return new Failure(FailureKind.TOO_LARGE, what + NO_ROOM);
    }

    private static FailureKind kind(Throwable thrown) {
        int code = code(thrown);
        return switch (code) {
            case 0 -> ofConnection(thrown);
            case HTTP_UNAUTHORIZED -> FailureKind.AUTHENTICATION;
            case HTTP_FORBIDDEN -> FailureKind.PERMISSION_DENIED;
            case HTTP_NOT_FOUND -> FailureKind.NO_SUCH_RESOURCE;
            default -> FailureKind.BAD_STATUS;
        };
    }

    /** The HTTP status; 0 if there was no answer. */
    private static int code(Throwable thrown) {
        return Causes.of(thrown)
                .filter(KubernetesClientException.class::isInstance)
                .mapToInt(cause -> ((KubernetesClientException) cause).getCode())
                .filter(code -> code > 0)
                .findFirst()
                .orElse(0);
    }

    private static FailureKind ofConnection(Throwable thrown) {
        if (Causes.find(thrown, JsonProcessingException.class).isPresent()) {
            return FailureKind.BAD_BODY;
        }
        if (givenUp(thrown)) {
            return FailureKind.TOO_LARGE;
        }
        if (Causes.find(thrown, UnknownHostException.class).isPresent()) {
            return FailureKind.UNRESOLVED;
        }
        if (Causes.find(thrown, SSLException.class).isPresent()) {
            return FailureKind.TLS;
        }
        if (Causes.find(thrown, TimeoutException.class).isPresent()
                || Causes.find(thrown, SocketTimeoutException.class).isPresent()
                || Causes.find(thrown, BoundedConnections.NoneFreeException.class)
                        .isPresent()) {
            return FailureKind.TIMED_OUT;
        }
        return Causes.find(thrown, ConnectException.class).isPresent() ? FailureKind.REFUSED : FailureKind.RESET;
    }

    /** Whether {@link BoundedAnswers} read no further: the client keeps of that only that it reset the stream. */
    private static boolean givenUp(Throwable thrown) {
        return Causes.find(thrown, StreamResetException.class)
                .filter(reset -> reset.getCode() == 0)
                .isPresent();
    }

    /** The API server's own words if it said any, or how much of them was too much. */
    private static String said(Throwable thrown) {
        if (givenUp(thrown)) {
            return NO_ROOM;
        }
        return Causes.of(thrown)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast)
                .filter(cause -> cause.getStatus() != null && cause.getStatus().getMessage() != null)
                .map(cause -> ": " + cause.getStatus().getMessage())
                .findFirst()
                .orElse("");
    }
}
