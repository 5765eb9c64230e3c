package io.statehub.sidecar.assessment;

/** What can be wrong with the API. */
final class ApiRules {

    private ApiRules() {}

    static void check(Target liveness, Target readiness, Findings findings) {
        if (liveness.status() == Status.DOWN) {
            findings.add(
                    FindingKind.API_DOWN, Findings.API, TargetRules.why(liveness), "an answer on the liveness path");
            return;
        }
        if (readiness.status() == Status.DOWN) {
            findings.add(
                    FindingKind.API_NOT_READY,
                    Findings.API,
                    TargetRules.why(readiness),
                    "an answer on the readiness path");
        }
        if (TargetRules.unseen(liveness) || TargetRules.unseen(readiness)) {
            Target unseen = TargetRules.unseen(liveness) ? liveness : readiness;
            findings.add(
                    FindingKind.API_UNSEEN, Findings.API, TargetRules.why(unseen), "a request that the API accepts");
        }
    }
}
