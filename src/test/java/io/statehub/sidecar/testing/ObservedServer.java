package io.statehub.sidecar.testing;

import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.MemberState;
import io.statehub.sidecar.observation.ReplicationSlot;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SlotTotals;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.observation.WalSender;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A server that answers, described by what differs from a sound one. Each method gives a changed copy. */
public record ObservedServer(String name, MemberState state) implements Sighting {

    public static final SystemIdentifier SYSTEM = new SystemIdentifier(7_500_000_000_000_000_001L);
    public static final Lsn POSITION = Lsn.parse("0/3000000");
    private static final Instant STARTED = Instant.parse("2026-03-01T08:00:00Z");

    static ObservedServer primary(String name) {
        return sound(name, new RoleState.Primary(Optional.empty(), Optional.empty()));
    }

    static ObservedServer standby(String name) {
        var receiver = new RoleState.WalReceiver("streaming", OptionalLong.of(0), Optional.of(Duration.ZERO));
        return sound(
                name, new RoleState.Standby(Optional.of(receiver), Optional.of(POSITION), OptionalLong.of(0), false));
    }

    private static ObservedServer sound(String name, RoleState role) {
        return new ObservedServer(
                name, new MemberState(identity(name), true, List.of(), List.of(), role, Optional.empty()));
    }

    /** Each name has its own start time, as two servers have. */
    private static ServerIdentity identity(String name) {
        return new ServerIdentity(
                SYSTEM,
                Optional.of(new Timeline(1)),
                Optional.of(POSITION),
                STARTED.plusNanos(1000L * name.hashCode()));
    }

    @Override
    public MemberObservation.Answered at(Moment at) {
        return new MemberObservation.Answered(name, at, Observed.TOOK, state);
    }

    public ServerIdentity identity() {
        return state.identity();
    }

    public boolean isPrimary() {
        return state.role() instanceof RoleState.Primary;
    }

    /** The same server where another member's name leads to it. */
    public ObservedServer under(String otherName) {
        return new ObservedServer(otherName, state);
    }

    // Which server, and where it stands

    public ObservedServer ofSystem(long identifier) {
        return with(new ServerIdentity(
                new SystemIdentifier(identifier),
                identity().timeline(),
                identity().position(),
                identity().postmasterStart()));
    }

    public ObservedServer onTimeline(long number) {
        return with(Optional.of(new Timeline(number)));
    }

    /** As a standby without a WAL receiver reports it. */
    public ObservedServer withoutTimeline() {
        return with(Optional.empty());
    }

    /** Where a primary writes. */
    public ObservedServer writingAt(Lsn position) {
        return with(new ServerIdentity(
                identity().systemIdentifier(),
                identity().timeline(),
                Optional.of(position),
                identity().postmasterStart()));
    }

    /** The same server after a restart of its postmaster. */
    public ObservedServer restarted() {
        return restartedTimes(1);
    }

    /** The same server after so many restarts. */
    public ObservedServer restartedTimes(int restarts) {
        return with(new ServerIdentity(
                identity().systemIdentifier(),
                identity().timeline(),
                identity().position(),
                identity().postmasterStart().plusSeconds(60L * restarts)));
    }

    /** The same run of the server out of recovery, on the next timeline. */
    public ObservedServer promoted() {
        long next = identity().timeline().map(Timeline::number).orElse(1L) + 1;
        return with(new RoleState.Primary(Optional.empty(), Optional.empty())).onTimeline(next);
    }

    // What it tells of whoever is behind it

    public ObservedServer withoutStatistics() {
        return with(false, state.walSenders(), state.walSendersLeftOut());
    }

    public ObservedServer sendingTo(WalSender... to) {
        return with(state.statisticsVisible(), List.of(to), state.walSendersLeftOut());
    }

    /** So many more WAL senders are not listed. */
    public ObservedServer leavingOutSenders(long more) {
        return with(state.statisticsVisible(), state.walSenders(), more);
    }

    public ObservedServer keeping(ReplicationSlot... kept) {
        return keeping(List.of(kept), Optional.of(SlotTotals.of(List.of(kept))));
    }

    /**
     * Of its slots, these are listed.
     *
     * @param totals over all of its slots, of which these may be some; empty if they could not be asked for
     */
    public ObservedServer keeping(List<ReplicationSlot> listed, Optional<SlotTotals> totals) {
        return with(listed, totals, state.newestBeat());
    }

    /** It holds the heartbeats up to this one. */
    public ObservedServer holding(Beat newest) {
        return with(state.slots(), state.slotTotals(), Optional.of(newest));
    }

    // A primary

    /** Where its timeline left the one before. */
    public ObservedServer forkedAt(Lsn fork) {
        var was = (RoleState.Primary) state.role();
        return with(new RoleState.Primary(was.archiver(), Optional.of(fork), was.commitWait()));
    }

    public ObservedServer archiving(RoleState.Archiver archiver) {
        var was = (RoleState.Primary) state.role();
        return with(new RoleState.Primary(Optional.of(archiver), was.forkedAt(), was.commitWait()));
    }

    public ObservedServer committing(RoleState.CommitWait wait) {
        var was = (RoleState.Primary) state.role();
        return with(new RoleState.Primary(was.archiver(), was.forkedAt(), Optional.of(wait)));
    }

    // A standby

    public ObservedServer replayed(Lsn position) {
        return with(
                Optional.of(position),
                asStandby().applyQueueBytes(),
                asStandby().replayPaused());
    }

    public ObservedServer replayedNothing() {
        return with(Optional.empty(), asStandby().applyQueueBytes(), asStandby().replayPaused());
    }

    /** Received, and not yet replayed. */
    public ObservedServer yetToReplay(OptionalLong queue) {
        return with(asStandby().replayPosition(), queue, asStandby().replayPaused());
    }

    public ObservedServer pausedWith(OptionalLong queue) {
        return with(asStandby().replayPosition(), queue, true);
    }

    /** It replays so much later than the primary wrote, as it is set. */
    public ObservedServer delayedBy(Duration delay) {
        var was = asStandby();
        return with(new RoleState.Standby(
                was.walReceiver(), was.replayPosition(), was.applyQueueBytes(), was.replayPaused(), delay));
    }

    /** It replays what was archived and receives nothing, as it is set. */
    public ObservedServer fromArchive() {
        var was = asStandby();
        return withoutReceiver()
                .with(new RoleState.Standby(
                        Optional.empty(),
                        was.replayPosition(),
                        OptionalLong.empty(),
                        was.replayPaused(),
                        was.applyDelay(),
                        true));
    }

    /** Its WAL receiver is gone, and with it what PostgreSQL says of the timeline. */
    public ObservedServer withoutReceiver() {
        return receiving(Optional.empty()).withoutTimeline();
    }

    public ObservedServer receiving(RoleState.WalReceiver receiver) {
        return receiving(Optional.of(receiver));
    }

    public ObservedServer behindUpstreamBy(long bytes) {
        return receiving(new RoleState.WalReceiver("streaming", OptionalLong.of(bytes), Optional.of(Duration.ZERO)));
    }

    public ObservedServer silentFor(Duration silence) {
        return receiving(new RoleState.WalReceiver("streaming", OptionalLong.of(0), Optional.of(silence)));
    }

    /** It streams from this slot. */
    public ObservedServer streamingFrom(String slot) {
        return receiving(new RoleState.WalReceiver(
                "streaming", OptionalLong.of(0), Optional.of(Duration.ZERO), Optional.of(slot)));
    }

    private ObservedServer receiving(Optional<RoleState.WalReceiver> receiver) {
        var was = asStandby();
        return with(new RoleState.Standby(
                receiver,
                was.replayPosition(),
                was.applyQueueBytes(),
                was.replayPaused(),
                was.applyDelay(),
                was.fromArchive()));
    }

    private RoleState.Standby asStandby() {
        return (RoleState.Standby) state.role();
    }

    private ObservedServer with(Optional<Lsn> replayed, OptionalLong queue, boolean paused) {
        var was = asStandby();
        return with(
                new RoleState.Standby(was.walReceiver(), replayed, queue, paused, was.applyDelay(), was.fromArchive()));
    }

    private ObservedServer with(Optional<Timeline> timeline) {
        return with(new ServerIdentity(
                identity().systemIdentifier(),
                timeline,
                identity().position(),
                identity().postmasterStart()));
    }

    private ObservedServer with(ServerIdentity identity) {
        return with(identity, state.role());
    }

    private ObservedServer with(RoleState role) {
        return with(identity(), role);
    }

    private ObservedServer with(ServerIdentity identity, RoleState role) {
        return new ObservedServer(
                name,
                new MemberState(
                        identity,
                        state.statisticsVisible(),
                        state.walSenders(),
                        state.walSendersLeftOut(),
                        state.slots(),
                        state.slotTotals(),
                        role,
                        state.newestBeat()));
    }

    private ObservedServer with(boolean statisticsVisible, List<WalSender> senders, long leftOut) {
        return new ObservedServer(
                name,
                new MemberState(
                        identity(),
                        statisticsVisible,
                        senders,
                        leftOut,
                        state.slots(),
                        state.slotTotals(),
                        state.role(),
                        state.newestBeat()));
    }

    private ObservedServer with(List<ReplicationSlot> slots, Optional<SlotTotals> totals, Optional<Beat> newestBeat) {
        return new ObservedServer(
                name,
                new MemberState(
                        identity(),
                        state.statisticsVisible(),
                        state.walSenders(),
                        state.walSendersLeftOut(),
                        slots,
                        totals,
                        state.role(),
                        newestBeat));
    }
}
