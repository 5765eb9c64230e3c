package io.statehub.sidecar.access;

import io.statehub.sidecar.access.AccessStep.Result;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The steps to one target. After one that fails the others are not tried: they could only fail for the same reason. */
final class Chain {

    /** Tries something. */
    @FunctionalInterface
    interface Step {
        /**
         * What was seen.
         *
         * @throws StepFailedException if it isn't as it must be
         */
        String attempt() throws StepFailedException;
    }

    /** Why a step failed. */
    static final class StepFailedException extends Exception {

        private static final long serialVersionUID = 1L;

        StepFailedException(Failure failure) {
            super(failure.described());
        }

        StepFailedException(String reason) {
            super(reason);
        }
    }

    private record Named(String name, Step step) {}

    private final String target;
    private final List<Named> steps = new ArrayList<>();

    Chain(String target) {
        this.target = target;
    }

    Chain then(String name, Step step) {
        steps.add(new Named(name, step));
        return this;
    }

    /** Tries the steps in their order, and tells of each as it ends. */
    void run(TimeSource time, Consumer<AccessStep> told) {
        String broken = "";
        for (Named next : steps) {
            if (!broken.isEmpty()) {
                told.accept(new AccessStep(
                        target, next.name(), Result.SKIPPED, Duration.ZERO, "not tried: " + broken + " failed"));
                continue;
            }
            Moment begun = time.now();
            try {
                String seen = next.step().attempt();
                told.accept(new AccessStep(
                        target, next.name(), Result.PASS, time.now().since(begun), seen));
            } catch (StepFailedException e) {
                broken = next.name();
                told.accept(new AccessStep(
                        target, next.name(), Result.FAIL, time.now().since(begun), String.valueOf(e.getMessage())));
            }
        }
    }
}
