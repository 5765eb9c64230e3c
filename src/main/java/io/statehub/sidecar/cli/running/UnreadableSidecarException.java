package io.statehub.sidecar.cli.running;

/** No sidecar could be read; the message says where, what was seen, and what to do. */
final class UnreadableSidecarException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableSidecarException(String message) {
        super(message);
    }
}
