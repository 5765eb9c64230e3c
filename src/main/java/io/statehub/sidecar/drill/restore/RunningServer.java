package io.statehub.sidecar.drill.restore;

import java.time.Instant;

/**
 * Which server answers, under whatever address. What a server knows of its own address is no help: through a
 * port-forward that is the loopback address.
 *
 * @param systemIdentifier of the cluster, as {@code pg_control_system()} has it
 * @param timeline that it writes or replays, from 1
 * @param standby whether it is in recovery
 * @param startedAt {@code pg_postmaster_start_time()}, in microseconds of the server's clock: no two servers of one
 *     cluster share it
 */
public record RunningServer(String systemIdentifier, int timeline, boolean standby, Instant startedAt) {

    /** Whether both are one process, not merely one cluster. */
    boolean isThatOf(RunningServer other) {
        return systemIdentifier.equals(other.systemIdentifier) && startedAt.equals(other.startedAt);
    }
}
