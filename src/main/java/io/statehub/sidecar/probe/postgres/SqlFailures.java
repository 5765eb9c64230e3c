package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * From what the driver throws to a kind of failure.
 *
 * <p>The server's SQLSTATE decides where there is one (PostgreSQL documentation, appendix A); class 08 is the driver's
 * own, so there the cause decides.
 */
final class SqlFailures {

    /** Wrong value, missing object or right, missing schema, missing file. */
    private static final List<String> REFUSED_CLASSES = List.of("22", "3F", "42", "58P01");

    /** The statement's time is over, or that of a lock. */
    private static final List<String> GAVE_UP = List.of("57014", "55P03");

    /** Connection lost, no resources (on a full disk a server may end in the midst of a commit), shut down, system, inside. */
    private static final List<String> UNCERTAIN = List.of("08", "53", "57P", "58", "XX");

    private SqlFailures() {}

    static Failure of(SQLException thrown) {
        return new Failure(kind(thrown), message(thrown));
    }

    /**
     * Whether the server refused one statement and nothing more: an object that isn't there or is not for us, or a lock
     * that took too long.
     */
    static boolean isRefusal(SQLException thrown) {
        String state = String.valueOf(thrown.getSQLState());
        return REFUSED_CLASSES.stream().anyMatch(state::startsWith) || GAVE_UP.contains(state);
    }

    /**
     * Whether a statement that was sent is certainly without effect: the server said so, in an error that ends the
     * transaction and not the session. When it is shut down, has no room for its log or fails in itself, the commit may
     * have been written before; without an answer anything may have happened.
     */
    static boolean certainlyRolledBack(SQLException thrown) {
        String state = thrown.getSQLState();
        return state != null && UNCERTAIN.stream().noneMatch(state::startsWith) && !hasInputOutputCause(thrown);
    }

    private static boolean hasInputOutputCause(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof SQLTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static FailureKind kind(SQLException thrown) {
        String state = thrown.getSQLState() == null ? "" : thrown.getSQLState();
        return switch (state) {
            case "28000", "28P01" -> FailureKind.AUTHENTICATION;
            case "42501" -> FailureKind.PERMISSION_DENIED;
            case "3D000" -> FailureKind.NO_SUCH_DATABASE;
            case "53300" -> FailureKind.TOO_MANY_CONNECTIONS;
            case "57P01", "57P02", "57P03" -> ending(String.valueOf(thrown.getMessage()));
            case "25006" -> FailureKind.READ_ONLY;
            case "08P01" -> FailureKind.PROTOCOL;
            case "57014", "55P03" -> FailureKind.TIMED_OUT;
            default -> fromCauses(thrown).orElseGet(() -> fromDriver(thrown, state));
        };
    }

    /**
     * A backend says 57P01 also when its postmaster has died, so the text decides. In another language than English an orderly
     * shutdown isn't recognised as one.
     */
    private static FailureKind ending(String message) {
        return message.contains("administrator command") || message.contains("shutting down")
                ? FailureKind.SHUTTING_DOWN
                : FailureKind.NOT_ACCEPTING;
    }

    private static Optional<FailureKind> fromCauses(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            FailureKind kind = fromCause(cause);
            if (kind != null) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static @Nullable FailureKind fromCause(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return FailureKind.UNRESOLVED;
        }
        if (cause instanceof NoRouteToHostException) {
            return FailureKind.UNREACHABLE;
        }
        if (cause instanceof ConnectException) {
            return FailureKind.REFUSED;
        }
        if (cause instanceof SocketTimeoutException || cause instanceof SQLTimeoutException) {
            return FailureKind.TIMED_OUT;
        }
        if (cause instanceof SSLException || cause instanceof CertificateException) {
            return FailureKind.TLS;
        }
        return cause instanceof EOFException || cause instanceof SocketException ? FailureKind.RESET : null;
    }

    /** What the driver decides by itself has no cause and a broad state: a server without TLS, a wrong host name. */
    private static FailureKind fromDriver(SQLException thrown, String state) {
        if (!state.startsWith("08")) {
            return FailureKind.UNEXPECTED;
        }
        String message = String.valueOf(thrown.getMessage());
        return message.contains("SSL") || message.contains("hostname") ? FailureKind.TLS : FailureKind.RESET;
    }

    static String message(SQLException thrown) {
        String state = thrown.getSQLState() == null ? "" : " (SQLSTATE " + thrown.getSQLState() + ")";
        Throwable root = thrown;
        while (root.getCause() != null && !(root.getCause() instanceof SQLException)) {
            root = root.getCause();
        }
        String because = root == thrown || root.getMessage() == null ? "" : ": " + root.getMessage();
        return thrown.getMessage() + because + state;
    }
}
