package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.FailureKind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From a server's SQLSTATE to a kind of failure (PostgreSQL documentation, appendix A). What only shows that our role,
 * our login, our session or our statement is refused is a kind of {@link FailureKind#ours}; what shows that the server
 * fails for everybody is not.
 */
final class SqlStates {

    /** The longest prefix counts. */
    private static final Map<String, FailureKind> KINDS = Map.ofEntries(
            // The driver's: no result where there is always one, or more than one.
            Map.entry("01", FailureKind.PROTOCOL),
            Map.entry("02", FailureKind.PROTOCOL),
            Map.entry("0P", FailureKind.PERMISSION_DENIED),
            Map.entry("25006", FailureKind.READ_ONLY),
            Map.entry("25P03", FailureKind.SESSION_ENDED),
            Map.entry("25P04", FailureKind.SESSION_ENDED),
            // A pooler has led us to a session that doesn't know of what we did on another.
            Map.entry("26", FailureKind.SESSION_UNUSABLE),
            Map.entry("28", FailureKind.AUTHENTICATION),
            Map.entry("3D", FailureKind.NO_SUCH_DATABASE),
            // On a standby: our statement stood in the way of what it replays.
            Map.entry("40", FailureKind.SESSION_ENDED),
            Map.entry("42501", FailureKind.PERMISSION_DENIED),
            Map.entry("53", FailureKind.SERVER_ERROR),
            Map.entry("53300", FailureKind.TOO_MANY_CONNECTIONS),
            // A limit that somebody has set for sessions such as ours.
            Map.entry("53400", FailureKind.SESSION_UNUSABLE),
            Map.entry("55P03", FailureKind.TIMED_OUT),
            Map.entry("57014", FailureKind.TIMED_OUT),
            Map.entry("57P01", FailureKind.NOT_ACCEPTING),
            Map.entry("57P02", FailureKind.NOT_ACCEPTING),
            Map.entry("57P03", FailureKind.NOT_ACCEPTING),
            Map.entry("57P04", FailureKind.NO_SUCH_DATABASE),
            Map.entry("57P05", FailureKind.SESSION_ENDED),
            Map.entry("58", FailureKind.SERVER_ERROR),
            // A file that we ask a server to read.
            Map.entry("58P01", FailureKind.UNEXPECTED),
            // The driver's: "something unusual", when it stumbles over what it reads at a login.
            Map.entry("99", FailureKind.PROTOCOL),
            Map.entry("F0", FailureKind.SERVER_ERROR),
            Map.entry("XX", FailureKind.SERVER_ERROR));

    private SqlStates() {}

    /**
     * Empty if the state doesn't tell: it is the driver's, or of a class that says no more than that something failed.
     */
    static Optional<FailureKind> kind(String state, String message) {
        FailureKind plain = plain(state);
        if ("08P01".equals(state)) {
            return Optional.of(ofPooler(message.toLowerCase(Locale.ROOT)).orElse(FailureKind.PROTOCOL));
        }
        if (plain == FailureKind.NOT_ACCEPTING && isOrderly(message)) {
            return Optional.of(FailureKind.SHUTTING_DOWN);
        }
        if (plain == FailureKind.SERVER_ERROR && saysPoolIsFull(message)) {
            // A pooler without a state of its own for it.
            return Optional.of(FailureKind.TOO_MANY_CONNECTIONS);
        }
        if ("57014".equals(state) && message.contains("user request")) {
            // Somebody has cancelled our statement, and nobody else's.
            return Optional.of(FailureKind.SESSION_ENDED);
        }
        if ("55000".equals(state) && message.contains("not currently accepting connections")) {
            // The database is closed to new sessions by its settings; those that are there continue.
            return Optional.of(FailureKind.SESSION_UNUSABLE);
        }
        if (plain == FailureKind.NOT_ACCEPTING && message.contains("Hot standby mode is disabled")) {
            // It follows, and by its settings nobody may ask it.
            return Optional.of(FailureKind.SESSION_UNUSABLE);
        }
        return Optional.ofNullable(plain);
    }

    private static @Nullable FailureKind plain(String state) {
        for (int length = state.length(); length >= 2; length--) {
            FailureKind kind = KINDS.get(state.substring(0, length));
            if (kind != null) {
                return kind;
            }
        }
        return null;
    }

    /**
     * A backend says 57P01 also when its postmaster has died, so the text decides. In another language than English an
     * orderly shutdown isn't recognised as one.
     */
    private static boolean isOrderly(String message) {
        return message.contains("administrator command") || message.contains("the database system is shutting down");
    }

    private static boolean saysPoolIsFull(String message) {
        return message.toLowerCase(Locale.ROOT).contains("max client");
    }

    /**
     * PgBouncer before 1.21 has 08P01 for everything. It refuses us for reasons of its own far more often than for the
     * server's; that it can't reach the server is what it says of the server. What the server said to it, when it
     * logged in with our name, it hands on as a failed login.
     */
    private static Optional<FailureKind> ofPooler(String said) {
        if (said.contains("startup parameter")
                || said.contains("pgbouncer config")
                || said.contains("bouncer is")
                || said.contains("is disabled")
                || said.contains("not currently accepting connections")) {
            return Optional.of(FailureKind.SESSION_UNUSABLE);
        }
        if (said.contains("permission denied")) {
            return Optional.of(FailureKind.PERMISSION_DENIED);
        }
        if (said.contains("idle") && said.contains("timeout")) {
            return Optional.of(FailureKind.SESSION_ENDED);
        }
        if (said.contains("authentication failed")
                || said.contains("no such user")
                || said.contains("login rejected")
                || said.contains("auth failed")
                || said.contains("not permitted to log in")
                || said.contains("no pg_hba.conf entry")
                || said.contains("required")) {
            return Optional.of(FailureKind.AUTHENTICATION);
        }
        if (said.contains("no more connections")
                || said.contains("too many")
                || said.contains("slots are reserved")
                || said.contains("query_wait_timeout")) {
            return Optional.of(FailureKind.TOO_MANY_CONNECTIONS);
        }
        if (said.contains("no such database") || said.contains("does not exist")) {
            return Optional.of(FailureKind.NO_SUCH_DATABASE);
        }
        if (said.contains("cannot connect to server")
                || said.contains("server login")
                || said.contains("connect failed")
                || said.contains("connect timeout")) {
            return Optional.of(FailureKind.UNREACHABLE);
        }
        return said.contains("server conn crashed") || said.contains("server closed")
                ? Optional.of(FailureKind.RESET)
                : Optional.empty();
    }
}
