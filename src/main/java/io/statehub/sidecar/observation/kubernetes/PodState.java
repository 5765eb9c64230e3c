package io.statehub.sidecar.observation.kubernetes;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A pod.
 *
 * @param node where it is placed; empty before it is
 * @param address its own; empty while it has none
 * @param postgresPort the port that its container names {@code postgresql}
 * @param phase such as {@code Running}; may be empty
 * @param deleting whether it is on its way out
 */
public record PodState(
        String name,
        Optional<String> node,
        Optional<String> address,
        OptionalInt postgresPort,
        String phase,
        boolean deleting,
        Conditions conditions) {

    public ConditionStatus ready() {
        return conditions.status("Ready");
    }

    /** Whether it has run to its end: it has no place any more. */
    public boolean finished() {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }
}
