package io.statehub.sidecar.drill.restore;

/** A manifest that nothing can be compared with; the message says why, and what is allowed. */
public final class UnusableManifestException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnusableManifestException(String message) {
        super(message);
    }
}
