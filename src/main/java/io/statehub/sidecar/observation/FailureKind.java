package io.statehub.sidecar.observation;

import java.util.Locale;

/** Why a target gave no usable answer. A closed list, so that it can be a metric label. */
public enum FailureKind {
    /** The host name has no address. */
    UNRESOLVED("name has no address"),
    /** No route leads to the address. */
    UNREACHABLE("unreachable"),
    /** Nothing listens at the address. */
    REFUSED("connection refused"),
    /** No answer within the deadline. */
    TIMED_OUT("no answer in time"),
    /** The connection broke before the answer was whole. */
    RESET("connection broken"),
    /** No trusted connection could be made: the certificate has expired or is another host's, or there is no TLS. */
    TLS("no trusted TLS connection"),
    /** No CA that we trust vouches for the server: those that others trust may, as after a change of CA. */
    UNTRUSTED("certificate not trusted"),
    /** An answer that is not of the protocol: something else listens there. */
    PROTOCOL("answer in another protocol"),
    /** An HTTP status other than those expected. */
    BAD_STATUS("unexpected HTTP status"),
    /** An HTTP answer that redirects elsewhere, which is never followed. */
    REDIRECT("redirected elsewhere"),
    /** A body that is not what its type says, or lacks the text it must have. */
    BAD_BODY("unexpected body"),
    /** A body larger than the bound; the rest was not read. */
    TOO_LARGE("answer too large"),
    /** A file of ours can't be read: password, token, or the certificates that we trust. */
    CREDENTIAL_UNREADABLE("credentials unreadable"),
    /** The server rejects who we say we are. */
    AUTHENTICATION("login rejected"),
    /** The server knows us and doesn't let us. */
    PERMISSION_DENIED("permission denied"),
    /** The server is being shut down in order, or was when it ended our session. */
    SHUTTING_DOWN("server shut down"),
    /** The server is starting up, not yet consistent, or ended our session after a crash. */
    NOT_ACCEPTING("server accepts no connections"),
    /** The server has done what we asked, with a warning that it may not last. */
    UNCONFIRMED("commit not confirmed"),
    /** The server answers, and takes no writes: it is a standby, or set so. */
    READ_ONLY("server takes no writes"),
    /** The server has no connection left for us: others may hold theirs and work on. */
    TOO_MANY_CONNECTIONS("no connection left"),
    /**
     * Our session was ended and no other is known to be: by an administrator, by a limit on idle sessions, by
     * ourselves.
     */
    SESSION_ENDED("session ended"),
    /** Our own session can't be used as it is: a pooler or a setting of our role stands in its way. */
    SESSION_UNUSABLE("session not usable"),
    /**
     * The server answers that it fails in itself: no disk or memory left, an error of its storage, something corrupt.
     */
    SERVER_ERROR("server error"),
    /** The database that we ask for doesn't exist. */
    NO_SUCH_DATABASE("no such database"),
    /** The schema for heartbeats doesn't exist. */
    NO_SUCH_SCHEMA("no schema for heartbeats"),
    /** The schema for heartbeats is of another version than ours. */
    SCHEMA_VERSION("schema for heartbeats of another version"),
    /** Another process writes heartbeats under our name. */
    WRITER_TAKEN("writer's name taken"),
    /** The API server doesn't know this kind of object: what defines it is not installed. */
    NO_SUCH_RESOURCE("no such kind of object"),
    /** The file system refuses what we write. */
    STORAGE("storage refuses writes"),
    /** The server answers, with an error or a value of no kind above. */
    UNEXPECTED("unexpected answer"),
    /** Not asked, because another sidecar does it for all. */
    STANDING_BY("standing by"),
    /** This process was too late to hear an answer in time: it was stopped, or starved of processor time. */
    OWN_DELAY("sidecar stopped or starved"),
    /** This process got no descriptor, port or buffer to ask with. */
    OWN_LIMIT("sidecar at a limit of its own"),
    /** Not asked, because the previous probe of this target has not come back yet. */
    SKIPPED("previous probe still running");

    private final String words;

    FailureKind(String words) {
        this.words = words;
    }

    /** The same for people, such as {@code connection refused}: a closed vocabulary. */
    public String words() {
        return words;
    }

    /**
     * Whether the fault is ours, so that it says nothing of the target: a sidecar whose password has expired, or whose
     * role has reached its limit of connections, must not report a sound database as down.
     */
    public boolean ours() {
        return switch (this) {
            case UNTRUSTED,
                    CREDENTIAL_UNREADABLE,
                    AUTHENTICATION,
                    PERMISSION_DENIED,
                    NO_SUCH_DATABASE,
                    NO_SUCH_SCHEMA,
                    SCHEMA_VERSION,
                    WRITER_TAKEN,
                    NO_SUCH_RESOURCE,
                    TOO_MANY_CONNECTIONS,
                    SESSION_ENDED,
                    SESSION_UNUSABLE,
                    STANDING_BY,
                    STORAGE,
                    OWN_DELAY,
                    OWN_LIMIT,
                    UNEXPECTED -> true;
            case UNRESOLVED,
                    UNREACHABLE,
                    REFUSED,
                    TIMED_OUT,
                    RESET,
                    TLS,
                    PROTOCOL,
                    BAD_STATUS,
                    REDIRECT,
                    BAD_BODY,
                    TOO_LARGE,
                    SHUTTING_DOWN,
                    NOT_ACCEPTING,
                    UNCONFIRMED,
                    READ_ONLY,
                    SERVER_ERROR,
                    SKIPPED -> false;
        };
    }

    /**
     * Whether nothing but time, or a connection that was left alone for too long, speaks for the fault: it proves
     * nothing if this process itself did not run meanwhile.
     */
    public boolean restsOnPunctuality() {
        return this == TIMED_OUT || this == RESET || this == SKIPPED;
    }

    /** Whether the fault proves that no server works there, rather than that we can't reach or see it. */
    public boolean provesAbsence() {
        return this == REFUSED || this == SHUTTING_DOWN || this == NOT_ACCEPTING;
    }

    /** The name in metrics, JSON and messages, such as {@code timed_out}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
