package io.statehub.sidecar.headline;

import io.statehub.sidecar.observation.FailureKind;

/** What a member that gives no usable answer does, as the second half of a sentence. A closed vocabulary. */
final class FailureWords {

    private FailureWords() {}

    static String of(FailureKind kind) {
        return switch (kind) {
            case UNRESOLVED -> "has no address under its name";
            case UNREACHABLE -> "is unreachable";
            case REFUSED -> "refuses connections";
            case TIMED_OUT -> "does not answer in time";
            case RESET -> "breaks off connections";
            case TLS -> "cannot be trusted over TLS";
            case PROTOCOL, BAD_BODY, TOO_LARGE, UNEXPECTED -> "gives an answer that makes no sense";
            case BAD_STATUS, REDIRECT -> "answers with a wrong status";
            case OWN_LIMIT -> "cannot be asked: the sidecar is at a limit of its own";
            case UNTRUSTED -> "shows a certificate that we do not trust";
            case CREDENTIAL_UNREADABLE -> "cannot be asked: our credentials are unreadable";
            case AUTHENTICATION -> "rejects our login";
            case PERMISSION_DENIED -> "denies us what we ask for";
            case SHUTTING_DOWN -> "was shut down";
            case NOT_ACCEPTING -> "accepts no connections yet";
            case UNCONFIRMED -> "does not confirm what it was asked to do";
            case READ_ONLY -> "takes no writes";
            case TOO_MANY_CONNECTIONS -> "has no connection left for us";
            case SESSION_ENDED -> "ended our session";
            case SESSION_UNUSABLE -> "gives us no usable session";
            case SERVER_ERROR -> "reports an error of its own";
            case NO_SUCH_DATABASE -> "has no database of that name";
            case NO_SUCH_SCHEMA, SCHEMA_VERSION -> "has no usable schema for heartbeats";
            case WRITER_TAKEN -> "has another writer of our name";
            case NO_SUCH_RESOURCE -> "is of a kind that the API server does not know";
            case STORAGE -> "cannot be written to";
            case OWN_DELAY -> "was not heard: this process was stopped or too slow";
            case STANDING_BY, SKIPPED -> "was not asked";
        };
    }
}
