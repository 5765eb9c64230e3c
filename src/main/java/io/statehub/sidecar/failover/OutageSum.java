package io.statehub.sidecar.failover;

/**
 * The outages of one service during one incident.
 *
 * @param outages how many
 * @param bounds how long they lasted together; without an upper bound if one of them was not seen to begin or to end
 */
public record OutageSum(int outages, Bounds bounds) {

    static final OutageSum NONE = new OutageSum(0, Bounds.ZERO);

    OutageSum plus(Bounds another) {
        return new OutageSum(outages + 1, bounds.plus(another));
    }
}
