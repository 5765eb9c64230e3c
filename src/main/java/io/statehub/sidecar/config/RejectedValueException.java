package io.statehub.sidecar.config;

/** A setting's text is not a value of its type. */
final class RejectedValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * @param value what was set
     * @param allowed what may be set, as a noun phrase
     */
    RejectedValueException(String value, String allowed, Throwable cause) {
        super("'" + withoutSecrets(value) + "' is not allowed: it must be " + allowed, cause);
    }

    /** A URL may carry a login although none is allowed there, and this text goes to a log. */
    private static String withoutSecrets(String value) {
        return value.replaceAll("//[^/@]*@", "//***@").replaceAll("(?i)(password=)[^&]*", "$1***");
    }
}
