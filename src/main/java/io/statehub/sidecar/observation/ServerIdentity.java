package io.statehub.sidecar.observation;

import java.time.Instant;
import java.util.Optional;

/**
 * Which server this is, and where in which history it stands.
 *
 * @param systemIdentifier the cluster it is a physical copy of
 * @param timeline the timeline it writes (primary) or receives (standby); empty for a standby without a WAL receiver
 * @param position the position it writes at (primary) or has received (standby), replayed if nothing was received
 * @param postmasterStart when its postmaster started, on its own clock: a restart changes it, a blip doesn't
 */
public record ServerIdentity(
        SystemIdentifier systemIdentifier,
        Optional<Timeline> timeline,
        Optional<Lsn> position,
        Instant postmasterStart) {

    /**
     * Whether both are the same run of the same server: the start time has microseconds, so two servers don't share it.
     */
    public boolean isSameRunAs(ServerIdentity other) {
        return systemIdentifier.equals(other.systemIdentifier) && postmasterStart.equals(other.postmasterStart);
    }
}
