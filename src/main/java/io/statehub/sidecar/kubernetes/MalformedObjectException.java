package io.statehub.sidecar.kubernetes;

/** An object that doesn't have the form that its kind should have. */
final class MalformedObjectException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedObjectException(String path, String what) {
        super(path + " " + what);
    }
}
