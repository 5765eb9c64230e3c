package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.Failure;

/** What the health of a target comes to in words. */
final class TargetRules {

    private TargetRules() {}

    /** Whether it is a fault of ours that keeps us from seeing the target. */
    static boolean unseen(Target target) {
        return unseen(target.health());
    }

    static boolean unseen(TargetHealth health) {
        return health.status() == Status.UNKNOWN
                && health.failure().filter(failure -> failure.kind().ours()).isPresent();
    }

    /** Whether it may well work, for all that is known: a fault of ours alone hides it. */
    static boolean hiddenByUs(Target target) {
        return unseen(target) && !target.health().downWhenSeenLast();
    }

    static String why(Target target) {
        return why(target.health());
    }

    static String why(TargetHealth health) {
        return health.failure().map(TargetRules::text).orElse("not observed yet");
    }

    static String text(Failure failure) {
        return failure.described();
    }
}
