package io.statehub.sidecar.assessment;

import java.util.List;

/**
 * Whether the pod should take traffic.
 *
 * @param ready the answer
 * @param reasons why not, or what was excused; one line each
 */
public record Readiness(boolean ready, List<String> reasons) {

    /** Nobody is sent to a pod of which something was never looked at, whatever the policy. */
    static Readiness notTriedYet() {
        return new Readiness(false, List.of("not every target was tried yet"));
    }

    public Readiness {
        reasons = List.copyOf(reasons);
    }
}
