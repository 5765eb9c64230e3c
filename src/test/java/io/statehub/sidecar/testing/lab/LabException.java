package io.statehub.sidecar.testing.lab;

/** The lab itself could not do what it was asked. Never a fault that the lab was asked to make. */
public final class LabException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
