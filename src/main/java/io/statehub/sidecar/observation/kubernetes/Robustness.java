package io.statehub.sidecar.observation.kubernetes;

/** Longhorn's words for how a volume is. */
public enum Robustness {
    HEALTHY,
    /** Some replicas are missing. */
    DEGRADED,
    /** No replica can be used. */
    FAULTED,
    /** It is detached, or Longhorn has no word for it, or one that we don't know. */
    UNKNOWN;

    /** What a word means; any other than these is unknown. */
    public static Robustness of(String word) {
        return switch (word) {
            case "healthy" -> HEALTHY;
            case "degraded" -> DEGRADED;
            case "faulted" -> FAULTED;
            default -> UNKNOWN;
        };
    }
}
