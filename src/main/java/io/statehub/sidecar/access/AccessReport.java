package io.statehub.sidecar.access;

import io.statehub.sidecar.access.AccessStep.Result;
import java.util.List;

/** All steps to all targets, in their order. */
public record AccessReport(List<AccessStep> steps) {

    public AccessReport {
        steps = List.copyOf(steps);
    }

    /** Whether every step that was tried passed. */
    public boolean passed() {
        return steps.stream().noneMatch(step -> step.result() == Result.FAIL);
    }
}
