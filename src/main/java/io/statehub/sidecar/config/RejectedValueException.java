package io.statehub.sidecar.config;

import io.statehub.sidecar.observation.ShortText;

/** A setting's text is not a value of its type. */
final class RejectedValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Enough to find it again; a value can be a file that somebody has taken for a path. */
    private static final int MOST_SHOWN = 100;

    /**
     * What isn't a value.
     *
     * @param value what was set
     * @param allowed what may be set, as a noun phrase
     */
    RejectedValueException(String value, String allowed, Throwable cause) {
        super(message(value, allowed), cause);
    }

    /** What is empty, and must not be. */
    RejectedValueException(String value, String allowed) {
        super(message(value, allowed));
    }

    private static String message(String value, String allowed) {
        return "'" + ShortText.of(withoutSecrets(value), MOST_SHOWN) + "' is not allowed: it must be " + allowed;
    }

    /** A URL may carry a login although none is allowed there, and this text goes to a log. */
    private static String withoutSecrets(String value) {
        return value.replaceAll("//[^/@]*@", "//***@").replaceAll("(?i)(password=)[^&]*", "$1***");
    }
}
