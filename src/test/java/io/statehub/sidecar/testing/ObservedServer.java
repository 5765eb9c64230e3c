package io.statehub.sidecar.testing;

import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.MemberState;
import io.statehub.sidecar.observation.ReplicationSlot;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ServerIdentity;
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
public record ObservedServer(
        String name,
        ServerIdentity identity,
        boolean statisticsVisible,
        List<WalSender> senders,
        List<ReplicationSlot> slots,
        RoleState role)
        implements Sighting {

    public static final SystemIdentifier SYSTEM = new SystemIdentifier(7_500_000_000_000_000_001L);
    public static final Lsn POSITION = Lsn.parse("0/3000000");
    private static final Instant STARTED = Instant.parse("2026-03-01T08:00:00Z");

    static ObservedServer primary(String name) {
        return new ObservedServer(
                name,
                identity(name),
                true,
                List.of(),
                List.of(),
                new RoleState.Primary(Optional.empty(), Optional.empty()));
    }

    static ObservedServer standby(String name) {
        var receiver = new RoleState.WalReceiver("streaming", OptionalLong.of(0), Optional.of(Duration.ZERO));
        var role = new RoleState.Standby(Optional.of(receiver), Optional.of(POSITION), OptionalLong.of(0), false);
        return new ObservedServer(name, identity(name), true, List.of(), List.of(), role);
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
        var state = new MemberState(identity, statisticsVisible, senders, slots, role, Optional.empty());
        return new MemberObservation.Answered(name, at, Observed.TOOK, state);
    }

    public boolean isPrimary() {
        return role instanceof RoleState.Primary;
    }

    public ObservedServer onTimeline(long number) {
        return with(new ServerIdentity(
                identity.systemIdentifier(),
                Optional.of(new Timeline(number)),
                identity.position(),
                identity.postmasterStart()));
    }

    /** The same server after a restart of its postmaster. */
    public ObservedServer restarted() {
        return restartedTimes(1);
    }

    /** The same server after so many restarts. */
    public ObservedServer restartedTimes(int restarts) {
        return with(new ServerIdentity(
                identity.systemIdentifier(),
                identity.timeline(),
                identity.position(),
                identity.postmasterStart().plusSeconds(60L * restarts)));
    }

    /** The same run of the server out of recovery, on the next timeline. */
    public ObservedServer promoted() {
        long next = identity.timeline().map(Timeline::number).orElse(1L) + 1;
        return with(new RoleState.Primary(Optional.empty(), Optional.empty())).onTimeline(next);
    }

    /** Of a primary, where its timeline left the one before. */
    public ObservedServer forkedAt(Lsn fork) {
        return with(new RoleState.Primary(Optional.empty(), Optional.of(fork)));
    }

    /** As a standby without a WAL receiver reports it. */
    public ObservedServer withoutTimeline() {
        return with(new ServerIdentity(
                identity.systemIdentifier(), Optional.empty(), identity.position(), identity.postmasterStart()));
    }

    public ObservedServer ofSystem(long identifier) {
        return with(new ServerIdentity(
                new SystemIdentifier(identifier),
                identity.timeline(),
                identity.position(),
                identity.postmasterStart()));
    }

    /** The same server where another member's name leads to it. */
    public ObservedServer under(String otherName) {
        return new ObservedServer(otherName, identity, statisticsVisible, senders, slots, role);
    }

    /** Where a primary writes. */
    public ObservedServer writingAt(Lsn position) {
        return with(new ServerIdentity(
                identity.systemIdentifier(), identity.timeline(), Optional.of(position), identity.postmasterStart()));
    }

    public ObservedServer withoutStatistics() {
        return new ObservedServer(name, identity, false, senders, slots, role);
    }

    public ObservedServer sendingTo(WalSender... to) {
        return new ObservedServer(name, identity, statisticsVisible, List.of(to), slots, role);
    }

    public ObservedServer keeping(ReplicationSlot... kept) {
        return new ObservedServer(name, identity, statisticsVisible, senders, List.of(kept), role);
    }

    public ObservedServer archiving(RoleState.Archiver archiver) {
        return with(new RoleState.Primary(Optional.of(archiver), Optional.empty()));
    }

    /** How far a standby has replayed. */
    public ObservedServer replayed(Lsn position) {
        var was = asStandby();
        return with(new RoleState.Standby(
                was.walReceiver(), Optional.of(position), was.applyQueueBytes(), was.replayPaused()));
    }

    public ObservedServer replayedNothing() {
        var was = asStandby();
        return with(
                new RoleState.Standby(was.walReceiver(), Optional.empty(), was.applyQueueBytes(), was.replayPaused()));
    }

    public ObservedServer pausedWith(OptionalLong queue) {
        var was = asStandby();
        return with(new RoleState.Standby(was.walReceiver(), was.replayPosition(), queue, true));
    }

    /** A standby that replays so much later than the primary wrote, as it is set. */
    public ObservedServer delayedBy(Duration delay) {
        var was = asStandby();
        return with(new RoleState.Standby(
                was.walReceiver(), was.replayPosition(), was.applyQueueBytes(), was.replayPaused(), delay));
    }

    /** A standby whose WAL receiver is gone, and with it what PostgreSQL says of the timeline. */
    public ObservedServer withoutReceiver() {
        var was = asStandby();
        return with(new RoleState.Standby(
                        Optional.empty(), was.replayPosition(), was.applyQueueBytes(), was.replayPaused()))
                .withoutTimeline();
    }

    public ObservedServer receiving(RoleState.WalReceiver receiver) {
        var was = asStandby();
        return with(new RoleState.Standby(
                Optional.of(receiver), was.replayPosition(), was.applyQueueBytes(), was.replayPaused()));
    }

    public ObservedServer behindUpstreamBy(long bytes) {
        return receiving(new RoleState.WalReceiver("streaming", OptionalLong.of(bytes), Optional.of(Duration.ZERO)));
    }

    /** A standby that streams from this slot. */
    public ObservedServer streamingFrom(String slot) {
        return receiving(new RoleState.WalReceiver(
                "streaming", OptionalLong.of(0), Optional.of(Duration.ZERO), Optional.of(slot)));
    }

    /** A look at this server in which so many more WAL senders are not listed. */
    public Sighting leavingOutSenders(long more) {
        return at -> {
            MemberState seen = at(at).state();
            return new MemberObservation.Answered(
                    name,
                    at,
                    Observed.TOOK,
                    new MemberState(
                            seen.identity(),
                            seen.statisticsVisible(),
                            seen.walSenders(),
                            more,
                            seen.slots(),
                            seen.slotTotals(),
                            seen.role(),
                            seen.newestBeat()));
        };
    }

    public ObservedServer silentFor(Duration silence) {
        return receiving(new RoleState.WalReceiver("streaming", OptionalLong.of(0), Optional.of(silence)));
    }

    private RoleState.Standby asStandby() {
        return (RoleState.Standby) role;
    }

    private ObservedServer with(ServerIdentity changed) {
        return new ObservedServer(name, changed, statisticsVisible, senders, slots, role);
    }

    private ObservedServer with(RoleState changed) {
        return new ObservedServer(name, identity, statisticsVisible, senders, slots, changed);
    }
}
