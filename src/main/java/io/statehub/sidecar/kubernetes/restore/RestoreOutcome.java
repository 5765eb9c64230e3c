package io.statehub.sidecar.kubernetes.restore;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of a drill.
 *
 * @param verdict what was shown
 * @param steps those that were begun, in their order; the last of them failed if any did
 * @param stays what the drill has made and what is still there, as {@code Kind namespace/name}; empty if all is gone
 */
public record RestoreOutcome(RestoreVerdict verdict, List<Taken> steps, List<String> stays) {

    /** What a drill shows. */
    public enum RestoreVerdict {
        /** What was restored is as it must be. */
        PASSED,
        /** It is not, or it could not be restored in the time that is allowed. */
        FAILED,
        /** Neither was shown. */
        UNDECIDED,
        /** Somebody stopped it before anything was shown. */
        STOPPED,
        /** It could not be begun: nothing was made. */
        NOT_BEGUN
    }

    /** The steps, in their order; the API's are left out where none is asked for. */
    public enum Step {
        READ_SOURCE,
        COPY_SECRETS,
        COPY_OBJECT_STORE,
        MAKE_CLUSTER,
        AWAIT_CLUSTER,
        VERIFY_DATABASE,
        MAKE_API,
        AWAIT_API,
        ASK_API,
        WRITE_DOWN
    }

    /**
     * A step that was begun.
     *
     * @param said what was seen, or why it failed
     */
    public record Taken(Step step, Duration took, boolean passed, String said) {}

    public RestoreOutcome {
        steps = List.copyOf(steps);
        stays = List.copyOf(stays);
    }

    /** The step that failed. */
    public Optional<Taken> failed() {
        return steps.stream().filter(step -> !step.passed()).findFirst();
    }
}
