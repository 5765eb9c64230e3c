package io.statehub.sidecar.observation.kubernetes;

import java.util.List;
import java.util.Map;

/**
 * A machine.
 *
 * @param roles from its labels, such as {@code control-plane}
 * @param kubelet version of its kubelet, empty if it doesn't say
 * @param schedulable whether new pods may be placed there
 * @param allocatable what pods may use, by resource, as Kubernetes writes it, such as {@code 16336Mi}
 */
public record NodeState(
        String name,
        Conditions conditions,
        List<String> roles,
        String kubelet,
        boolean schedulable,
        Map<String, String> allocatable) {

    /** Names of the conditions that should not hold. */
    private static final List<String> TROUBLES =
            List.of("MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable");

    public NodeState {
        roles = List.copyOf(roles);
        allocatable = Map.copyOf(allocatable);
    }

    /** Whether pods run there; unknown also if its kubelet has not been heard for long. */
    public ConditionStatus ready() {
        return conditions.status("Ready");
    }

    /** The conditions that hold and should not. */
    public List<Condition> troubles() {
        return conditions.all().stream()
                .filter(condition -> TROUBLES.contains(condition.type()))
                .filter(condition -> condition.status() == ConditionStatus.TRUE)
                .toList();
    }
}
