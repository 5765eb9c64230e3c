package io.statehub.sidecar.observation;

/** The two questions that the API is asked. */
public enum ApiCheck {
    /** Does the process answer at all? Cheap, asked each interval. */
    LIVENESS("api-liveness"),
    /** Can it do its work? Heavier, so asked less often. */
    READINESS("api-readiness");

    private final String target;

    ApiCheck(String target) {
        this.target = target;
    }

    /** The name under which this check's observations are kept. */
    public String target() {
        return target;
    }
}
