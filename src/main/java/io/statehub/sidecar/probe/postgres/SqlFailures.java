package io.statehub.sidecar.probe.postgres;

import static java.util.stream.Collectors.joining;

import io.statehub.sidecar.observation.Causes;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.probe.OwnLimits;
import io.statehub.sidecar.probe.TlsWords;
import io.statehub.sidecar.probe.postgres.Exchange.LateException;
import io.statehub.sidecar.probe.postgres.Exchange.OverdrawnException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * From what the driver throws to a kind of failure.
 *
 * <p>Our own word decides, then that of the server ({@link SqlStates}); class 08 is the driver's own, so there the
 * cause decides.
 */
final class SqlFailures {

    /** Wrong value, missing object or right, missing schema, missing file. */
    private static final List<String> REFUSED_CLASSES = List.of("22", "3F", "42", "58P01");

    /** The statement's time is over, or that of a lock. */
    private static final List<String> GAVE_UP = List.of("57014", "55P03");

    /**
     * Connection lost, no resources (on a full disk a server may end in the midst of a commit), shut down, system,
     * inside.
     */
    private static final List<String> UNCERTAIN = List.of("08", "53", "57P", "58", "XX");

    /** The connection broke, or the server ended the session: for an administrator, a timeout, or its own end. */
    private static final List<String> ENDS_SESSION = List.of("08", "57P01", "57P02", "57P05", "25P03", "25P04");

    private SqlFailures() {}

    /** Of a fault beside which it is told where that was. */
    static Failure of(SQLException thrown) {
        return of(thrown, "");
    }

    /** @param where the address that was asked; empty if it is told beside the failure */
    static Failure of(SQLException thrown, String where) {
        FailureKind kind = kind(thrown);
        return new Failure(kind, detail(thrown, kind, where));
    }

    /**
     * Whether the server refused one statement and nothing more: an object that isn't there or is not for us, or a lock
     * that took too long.
     */
    static boolean isRefusal(SQLException thrown) {
        String state = state(thrown);
        return REFUSED_CLASSES.stream().anyMatch(state::startsWith) || GAVE_UP.contains(state);
    }

    /** Whether our role lacks a right, or the server what we ask for; it is as well as ever. */
    static boolean isDenied(SQLException thrown) {
        return state(thrown).startsWith("42");
    }

    /**
     * Whether a statement that was sent is certainly without effect: the server said so, in an error that ends the
     * transaction and not the session. When it is shut down, has no room for its log or fails in itself, the commit may
     * have been written before; without an answer anything may have happened.
     */
    static boolean certainlyRolledBack(SQLException thrown) {
        String state = state(thrown);
        return !state.isEmpty()
                && UNCERTAIN.stream().noneMatch(state::startsWith)
                && Causes.of(thrown)
                        .noneMatch(cause -> cause instanceof IOException
                                || cause instanceof SQLTimeoutException
                                || cause instanceof TypedSqlException);
    }

    /** Whether it ended the session, by whoever's will, rather than that nothing came in time. */
    static boolean endsSession(SQLException thrown) {
        String state = state(thrown);
        return ENDS_SESSION.stream().anyMatch(state::startsWith) && kind(thrown) != FailureKind.TIMED_OUT;
    }

    /** Of how a session ended and why there was no other after it: the first, if the server said why. */
    static SQLException moreTelling(SQLException ended, SQLException again) {
        FailureKind first = kind(ended);
        boolean said = first == FailureKind.SHUTTING_DOWN || first == FailureKind.NOT_ACCEPTING;
        return said && !kind(again).ours() ? ended : again;
    }

    /** Whether a server has given up a statement for its time alone. */
    static boolean isStatementTimeout(SQLException thrown) {
        return "57014".equals(state(thrown)) && kind(thrown) == FailureKind.TIMED_OUT;
    }

    /** Whether a server says that it is being shut down in order. */
    static boolean isOrderlyEnd(SQLException thrown) {
        return kind(thrown) == FailureKind.SHUTTING_DOWN;
    }

    private static String state(SQLException thrown) {
        return Objects.requireNonNullElse(thrown.getSQLState(), "");
    }

    private static FailureKind kind(SQLException thrown) {
        return Causes.of(thrown)
                .map(SqlFailures::ourWord)
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> OwnLimits.behind(thrown).map(limit -> FailureKind.OWN_LIMIT))
                .or(() -> unreadable(thrown))
                .or(() -> SqlStates.kind(state(thrown), String.valueOf(thrown.getMessage())))
                .or(() -> fromCauses(thrown))
                .orElseGet(() -> fromDriver(thrown));
    }

    /** The certificates that we trust, whose file the driver reads for each login: nobody was asked yet. */
    private static Optional<FailureKind> unreadable(SQLException thrown) {
        boolean ours = Causes.of(thrown)
                .anyMatch(cause -> cause instanceof FileNotFoundException
                        || cause instanceof NoSuchFileException
                        || String.valueOf(cause.getMessage()).contains("SSL root certificate"));
        return ours ? Optional.of(FailureKind.CREDENTIAL_UNREADABLE) : Optional.empty();
    }

    private static @Nullable FailureKind ourWord(Throwable cause) {
        if (cause instanceof TypedSqlException typed) {
            return typed.kind();
        }
        if (cause instanceof LateException || cause instanceof SQLTimeoutException) {
            return FailureKind.TIMED_OUT;
        }
        return cause instanceof OverdrawnException || cause instanceof ProtocolException ? FailureKind.PROTOCOL : null;
    }

    private static Optional<FailureKind> fromCauses(Throwable thrown) {
        return Causes.of(thrown)
                .map(SqlFailures::fromCause)
                .filter(Objects::nonNull)
                .findFirst();
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
        if (cause instanceof SocketTimeoutException) {
            return FailureKind.TIMED_OUT;
        }
        if (cause instanceof SSLException || cause instanceof CertificateException) {
            return TlsWords.kind(cause);
        }
        return cause instanceof EOFException || cause instanceof SocketException ? FailureKind.RESET : null;
    }

    /**
     * What the driver decides by itself has no cause and a broad state: a server without TLS, a wrong host name, a way
     * to prove who we are that we don't go, or a proof that is none.
     */
    private static FailureKind fromDriver(SQLException thrown) {
        String state = state(thrown);
        String message = String.valueOf(thrown.getMessage());
        if (!state.startsWith("08")) {
            return FailureKind.UNEXPECTED;
        }
        if (message.contains("SSL") || message.contains("hostname")) {
            return FailureKind.TLS;
        }
        return "08004".equals(state) ? FailureKind.AUTHENTICATION : FailureKind.RESET;
    }

    /** Our own words, or the server's; of what the driver and the runtime say, nothing that the kind doesn't. */
    private static String detail(SQLException thrown, FailureKind kind, String where) {
        Optional<String> ours = Causes.of(thrown)
                .filter(cause -> ourWord(cause) != null && cause.getMessage() != null)
                .map(Throwable::getMessage)
                .findFirst();
        return ours.or(() -> ofServer(thrown)).orElseGet(() -> ofPlace(thrown, kind, where));
    }

    private static Optional<String> ofServer(SQLException thrown) {
        return Causes.of(thrown)
                .filter(PSQLException.class::isInstance)
                .map(cause -> ((PSQLException) cause).getServerErrorMessage())
                .filter(Objects::nonNull)
                .map(said -> said.getMessage() + why(said) + ", SQLSTATE " + said.getSQLState())
                .findFirst();
    }

    /** Why a server takes no sessions stands in the detail; other details may have rows in them. */
    private static String why(ServerErrorMessage said) {
        String detail = said.getDetail();
        return detail == null || !"57P03".equals(said.getSQLState()) ? "" : ": " + detail;
    }

    private static String ofPlace(SQLException thrown, FailureKind kind, String where) {
        String state = state(thrown);
        Optional<String> more = switch (kind) {
            case TLS, UNTRUSTED -> TlsWords.of(thrown);
            case OWN_LIMIT -> OwnLimits.behind(thrown);
            case CREDENTIAL_UNREADABLE -> Optional.of("the file of statehub.postgres.sslrootcert can't be read");
            case AUTHENTICATION ->
                Optional.of("a way to log in is asked for that statehub.postgres.require-auth does not allow");
            default -> Optional.of("SQLSTATE " + state).filter(said -> !state.isEmpty() && !state.startsWith("08"));
        };
        return Stream.concat(Stream.of(where).filter(it -> !it.isEmpty()), more.stream())
                .collect(joining(", "));
    }
}
