package io.statehub.sidecar.observation.kubernetes;

import java.util.Locale;

/** Whether a condition holds. */
public enum ConditionStatus {
    TRUE,
    FALSE,
    /** Whoever should tell doesn't, or says that it can't. */
    UNKNOWN;

    /** Of what an object says; any other word than these means that it isn't known. */
    public static ConditionStatus of(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "TRUE" -> TRUE;
            case "FALSE" -> FALSE;
            default -> UNKNOWN;
        };
    }
}
