package io.statehub.sidecar.assessment;

import java.util.List;

/**
 * Whether the pod should take traffic.
 *
 * @param ready the answer
 * @param reasons why not, or what was excused; one line each
 */
public record Readiness(boolean ready, List<String> reasons) {

    public Readiness {
        reasons = List.copyOf(reasons);
    }
}
