package io.statehub.sidecar.evidence;

/** Evidence can't be read or written; the message says what, where and why. */
public final class EvidenceException extends Exception {

    private static final long serialVersionUID = 1L;

    EvidenceException(String what) {
        super(what);
    }

    EvidenceException(String what, Throwable cause) {
        super(what + ": " + cause, cause);
    }
}
