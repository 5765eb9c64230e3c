package io.statehub.sidecar.drill;

/** A drill can't be run; the message is one line that says why, and what would help. */
public final class DrillException extends Exception {

    private static final long serialVersionUID = 1L;

    public DrillException(String message) {
        super(message);
    }
}
