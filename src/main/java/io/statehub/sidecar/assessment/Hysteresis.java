package io.statehub.sidecar.assessment;

/**
 * How many answers in a row it takes to change one's mind.
 *
 * @param failuresToDown failures after which a target is down, from 1
 * @param successesToUp answers after which a target that failed is up, from 1
 */
public record Hysteresis(int failuresToDown, int successesToUp) {

    public Hysteresis {
        if (failuresToDown < 1 || successesToUp < 1) {
            throw new IllegalArgumentException("it takes at least one answer to change one's mind");
        }
    }
}
