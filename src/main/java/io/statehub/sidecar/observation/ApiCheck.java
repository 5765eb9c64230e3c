package io.statehub.sidecar.observation;

/** The two questions that the API is asked. */
public enum ApiCheck {
    /** Does the process answer at all? Cheap, asked each interval. */
    LIVENESS(TargetId.Part.API_LIVENESS),
    /** Can it do its work? Heavier, so asked less often. */
    READINESS(TargetId.Part.API_READINESS);

    private final TargetId.Part target;

    ApiCheck(TargetId.Part target) {
        this.target = target;
    }

    /** Under which this check's observations are kept. */
    public TargetId.Part target() {
        return target;
    }
}
