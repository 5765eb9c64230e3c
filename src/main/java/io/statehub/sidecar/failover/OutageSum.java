package io.statehub.sidecar.failover;

/**
 * The outages of one service during one incident.
 *
 * @param outages how many, not negative
 * @param bounds how long they lasted together; without an upper bound if there is none, or if one of them was not seen
 *     to begin or to end
 */
public record OutageSum(int outages, Bounds bounds) {

    /** @throws IllegalArgumentException if their number is negative */
    public OutageSum {
        if (outages < 0) {
            throw new IllegalArgumentException(outages + " outages");
        }
    }

    /** None was seen: one that falls between two attempts isn't, so nothing bounds it. */
    static final OutageSum NONE = new OutageSum(0, Bounds.ZERO.withoutUpper());

    OutageSum plus(Bounds another) {
        return new OutageSum(outages + 1, outages == 0 ? another : bounds.plus(another));
    }
}
