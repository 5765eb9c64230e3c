package io.statehub.sidecar.observation;

import java.util.Optional;

/**
 * Which part this sidecar has among those that share a lease.
 *
 * @param holder who holds the lease, as far as is known
 * @param failure why that can't be learnt now
 */
public record Leadership(Role role, Optional<String> holder, Optional<Failure> failure) {

    /** The part that a sidecar has. */
    public enum Role {
        /** It holds the lease, or held it when the API server was last heard. */
        LEADS,
        /** Another one leads, or it isn't known yet who does. */
        STANDS_BY,
        /** Nobody can be asked for so long that whoever led may be gone: it acts as if there were no other. */
        ALONE
    }

    /** Where there is no Kubernetes to ask. */
    public static Leadership alone() {
        return new Leadership(Role.ALONE, Optional.empty(), Optional.empty());
    }

    /** Whether it does what one sidecar of a cluster should do: heartbeats, events, series of the whole cluster. */
    public boolean acts() {
        return role != Role.STANDS_BY;
    }
}
