package io.statehub.sidecar.observation;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A row of {@code pg_stat_replication}: a standby as its upstream sees it.
 *
 * @param applicationName the standby's {@code application_name}, by which it is joined to a member
 * @param state as the server words it, such as {@code streaming} or {@code catchup}
 * @param syncState {@code async}, {@code potential}, {@code sync} or {@code quorum}
 * @param sentBytes bytes not yet sent; empty when unknown, like the next three
 * @param writeBytes bytes not yet written there
 * @param flushBytes bytes not yet flushed there: what a loss of the upstream could cost
 * @param replayBytes bytes not yet replayed there
 * @param replayLag time lag of replay; empty on an idle upstream, where it means nothing
 */
public record WalSender(
        String applicationName,
        String state,
        String syncState,
        OptionalLong sentBytes,
        OptionalLong writeBytes,
        OptionalLong flushBytes,
        OptionalLong replayBytes,
        Optional<Duration> replayLag) {

    private static final String STREAMING = "streaming";
    private static final Set<String> WAITED_FOR = Set.of("sync", "quorum");

    /** Whether log flows, rather than that it catches up or starts. */
    public boolean streaming() {
        return STREAMING.equals(state);
    }

    /**
     * Whether it says how far it has replayed, as every standby does and nobody else: a base backup, or whoever merely
     * receives log, has nothing to replay.
     */
    public boolean acknowledges() {
        return replayBytes.isPresent();
    }

    /** Whether a commit waits for it, be it for this one or for enough of several. */
    public boolean synchronous() {
        return WAITED_FOR.contains(syncState);
    }
}
