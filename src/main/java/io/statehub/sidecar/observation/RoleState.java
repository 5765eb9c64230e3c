package io.statehub.sidecar.observation;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The part of a server's state that depends on its role. */
public sealed interface RoleState {

    MemberRole memberRole();

    /**
     * A server out of recovery.
     *
     * @param archiver what its archiver did; empty if archiving is off
     * @param forkedAt where its timeline left the previous one, exactly; empty on the first timeline, or where our role
     *     may not read it
     * @param commitWait what its commits wait for; empty if that was not asked
     */
    record Primary(Optional<Archiver> archiver, Optional<Lsn> forkedAt, Optional<CommitWait> commitWait)
            implements RoleState {

        /** Of a primary that was not asked what its commits wait for. */
        public Primary(Optional<Archiver> archiver, Optional<Lsn> forkedAt) {
            this(archiver, forkedAt, Optional.empty());
        }

        @Override
        public MemberRole memberRole() {
            return MemberRole.PRIMARY;
        }
    }

    /**
     * A server in recovery.
     *
     * @param walReceiver its WAL receiver; empty if none runs
     * @param replayPosition how far it has replayed; empty before anything was
     * @param applyQueueBytes bytes received and not yet replayed
     * @param replayPaused whether replay is paused or about to be
     * @param applyDelay how long replay holds each commit back by design ({@code recovery_min_apply_delay}); zero if
     *     not
     * @param fromArchive whether by its settings it replays what was archived and receives nothing; false also where
     *     our role may not see them
     */
    record Standby(
            Optional<WalReceiver> walReceiver,
            Optional<Lsn> replayPosition,
            OptionalLong applyQueueBytes,
            boolean replayPaused,
            Duration applyDelay,
            boolean fromArchive)
            implements RoleState {

        /** A standby that is to receive log, and replays it this much later. */
        public Standby(
                Optional<WalReceiver> walReceiver,
                Optional<Lsn> replayPosition,
                OptionalLong applyQueueBytes,
                boolean replayPaused,
                Duration applyDelay) {
            this(walReceiver, replayPosition, applyQueueBytes, replayPaused, applyDelay, false);
        }

        /** A standby that is to receive log, and replays it at once. */
        public Standby(
                Optional<WalReceiver> walReceiver,
                Optional<Lsn> replayPosition,
                OptionalLong applyQueueBytes,
                boolean replayPaused) {
            this(walReceiver, replayPosition, applyQueueBytes, replayPaused, Duration.ZERO);
        }

        @Override
        public MemberRole memberRole() {
            return MemberRole.STANDBY;
        }
    }

    /**
     * What commits on a primary wait for.
     *
     * @param standbyNames the setting {@code synchronous_standby_names}
     * @param byDefault whether a session waits that sets nothing else; false with {@code synchronous_commit}
     *     {@code off} or {@code local}
     * @param waiting sessions whose commit waits for a standby now; 0 also if they are hidden from our role
     * @param longest for how long one of them has been seen waiting, lower bound; empty if none waits
     */
    record CommitWait(String standbyNames, boolean byDefault, long waiting, Optional<Duration> longest) {}

    /**
     * A row of {@code pg_stat_wal_receiver}.
     *
     * @param status as the server words it; {@code streaming} is the only one in which log flows
     * @param replayLagBytes bytes between the newest position known to exist upstream and the replayed one; empty
     *     unless streaming
     * @param silence since the last message from upstream, on that server's own clock
     * @param slot the slot upstream that it streams from; empty if from none
     */
    record WalReceiver(String status, OptionalLong replayLagBytes, Optional<Duration> silence, Optional<String> slot) {

        private static final String STREAMING = "streaming";

        /** One that streams from no slot. */
        public WalReceiver(String status, OptionalLong replayLagBytes, Optional<Duration> silence) {
            this(status, replayLagBytes, silence, Optional.empty());
        }

        public boolean streaming() {
            return STREAMING.equals(status);
        }
    }

    /**
     * {@code pg_stat_archiver} of a primary that archives.
     *
     * @param archivedCount segments archived since the statistics were reset
     * @param failedCount failed attempts since then
     * @param failing whether the last attempt failed
     * @param lastFailedWal the segment of the last failure; empty if there was none
     * @param sinceLastArchived time since the last success, on that server's own clock; empty if there was none
     */
    record Archiver(
            long archivedCount,
            long failedCount,
            boolean failing,
            Optional<String> lastFailedWal,
            Optional<Duration> sinceLastArchived) {}
}
