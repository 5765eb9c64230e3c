package io.statehub.sidecar.access;

import io.statehub.sidecar.access.AccessStep.Result;
import io.statehub.sidecar.observation.SystemIdentifier;
import java.util.List;
import java.util.Optional;

/**
 * All steps to all targets, in their order.
 *
 * @param cluster which cluster the write endpoint led to; empty if no login there succeeded
 */
public record AccessReport(List<AccessStep> steps, Optional<SystemIdentifier> cluster) {

    public AccessReport {
        steps = List.copyOf(steps);
    }

    /** Whether every step that was tried passed. */
    public boolean passed() {
        return steps.stream().noneMatch(step -> step.result() == Result.FAIL);
    }
}
