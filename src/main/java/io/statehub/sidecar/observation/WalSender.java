package io.statehub.sidecar.observation;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A row of {@code pg_stat_replication}: whoever receives log from a server, as that server sees it.
 *
 * @param kind what receives it
 * @param applicationName the standby's {@code application_name}; anybody may use any
 * @param state as the server words it, such as {@code streaming} or {@code catchup}
 * @param syncState {@code async}, {@code potential}, {@code sync} or {@code quorum}
 * @param sentBytes bytes not yet sent; empty when unknown, like the next three
 * @param writeBytes bytes not yet written there
 * @param flushBytes bytes not yet flushed there: what a loss of the upstream could cost
 * @param replayBytes bytes not yet replayed there
 * @param replayLag time lag of replay; empty on an idle upstream, where it means nothing
 * @param slot the replication slot that it streams from; empty if from none
 */
public record WalSender(
        Kind kind,
        String applicationName,
        String state,
        String syncState,
        OptionalLong sentBytes,
        OptionalLong writeBytes,
        OptionalLong flushBytes,
        OptionalLong replayBytes,
        Optional<Duration> replayLag,
        Optional<String> slot) {

    private static final String STREAMING = "streaming";
    private static final Set<String> WAITED_FOR = Set.of("sync", "quorum");

    /** What receives log. */
    public enum Kind {
        /** A server in recovery: it says how far it has replayed. */
        STANDBY,
        /** A copy of the data directory is being made. */
        BASE_BACKUP,
        /** A subscription, or whoever else decodes the log. */
        SUBSCRIBER,
        /** Anybody else: it stores log, and replays nothing that it tells of. */
        RECEIVER;

        /** The word in JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A standby that streams from no slot, or by its state a base backup. */
    public WalSender(
            String applicationName,
            String state,
            String syncState,
            OptionalLong sentBytes,
            OptionalLong writeBytes,
            OptionalLong flushBytes,
            OptionalLong replayBytes,
            Optional<Duration> replayLag) {
        this(
                state.equals("backup") ? Kind.BASE_BACKUP : Kind.STANDBY,
                applicationName,
                state,
                syncState,
                sentBytes,
                writeBytes,
                flushBytes,
                replayBytes,
                replayLag,
                Optional.empty());
    }

    /** The same, streaming from this slot. */
    public WalSender from(String replicationSlot) {
        return new WalSender(
                kind,
                applicationName,
                state,
                syncState,
                sentBytes,
                writeBytes,
                flushBytes,
                replayBytes,
                replayLag,
                Optional.of(replicationSlot));
    }

    /** Whether log flows, rather than that it catches up or starts. */
    public boolean streaming() {
        return STREAMING.equals(state);
    }

    /**
     * Whether it says how far it has replayed, as every standby does and nobody else: a base backup, or whoever merely
     * receives log, has nothing to replay.
     */
    public boolean acknowledges() {
        return kind == Kind.STANDBY && replayBytes.isPresent();
    }

    /** Whether a commit waits for it, be it for this one or for enough of several. */
    public boolean synchronous() {
        return WAITED_FOR.contains(syncState);
    }
}
