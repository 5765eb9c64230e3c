package io.statehub.sidecar.exposure;

import io.statehub.sidecar.kubernetes.ObservedKubernetes;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.ApiObservation;
import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.HeldBeats;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.MemberState;
import io.statehub.sidecar.observation.MembershipObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ProcessObservation;
import io.statehub.sidecar.observation.ReplicationSlot;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.observation.WalSender;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * One round of observations: a sound cluster of the primary pg-1 with the standbys pg-2 and pg-3, and a sound API,
 * until something is said to be otherwise.
 */
final class Round {

    static final Lsn POSITION = Lsn.parse("16/B374D848");

    /** What the acknowledged log is longer than what the next timeline takes over. */
    static final long LEFT_BEHIND = 4096;

    private static final Timeline OLD = new Timeline(7);
    private static final Timeline NEW = new Timeline(8);
    private static final String RUN = "0123456789abcdef";
    private static final SystemIdentifier CLUSTER = new SystemIdentifier(7_412_356_789_012_345_678L);
    private static final Duration TOOK = Duration.ofMillis(4);
    private static final Instant STARTED = Instant.parse("2026-02-01T08:00:00Z");

    private final Moment at;
    private final Map<TargetId, Observation> observations = new LinkedHashMap<>();

    private Round(Moment at) {
        this.at = at;
    }

    static Round sound(Moment at) {
        Round round = new Round(at);
        for (ApiCheck check : ApiCheck.values()) {
            round.put(new ApiObservation.Answered(check, at, TOOK, 200));
        }
        round.put(new WriteEndpointObservation.Answered(
                at, TOOK, identity(1, Optional.of(OLD)), MemberRole.PRIMARY, false));
        round.primary(List.of(streaming("pg-2"), streaming("pg-3")), slots(), archiver());
        round.standby(2, Duration.ofMillis(120), 0);
        round.standby(3, Duration.ofMillis(80), 0);
        return round;
    }

    /** Kubernetes is asked, and has a sound cluster unless that is changed. */
    Round kubernetes(Function<FixtureCluster, ObservedKubernetes> seen) {
        put(seen.apply(FixtureCluster.sound(at.wallClock())).sighting().at(at));
        return this;
    }

    List<Observation> observations() {
        return List.copyOf(observations.values());
    }

    private void put(Observation observation) {
        observations.put(observation.target(), observation);
    }

    Round primary(List<WalSender> senders, List<ReplicationSlot> slots, RoleState.Archiver archiver) {
        member(
                1,
                Optional.of(OLD),
                true,
                senders,
                slots,
                new RoleState.Primary(Optional.of(archiver), Optional.empty()));
        return this;
    }

    /** A standby that streams. */
    Round standby(int number, Duration silence, long lagBytes) {
        var receiver = new RoleState.WalReceiver(
                "streaming", OptionalLong.of(lagBytes), Optional.of(silence), Optional.of(slot("pg-" + number)));
        var standby = new RoleState.Standby(
                Optional.of(receiver),
                Optional.of(new Lsn(POSITION.position() - lagBytes)),
                OptionalLong.of(lagBytes),
                false);
        member(number, Optional.of(OLD), true, List.of(), List.of(), standby);
        return this;
    }

    /** A standby without a WAL receiver, or one whose receiver our role may not see. */
    Round standbyWithoutReceiver(int number, boolean statisticsVisible) {
        var standby = new RoleState.Standby(Optional.empty(), Optional.of(POSITION), OptionalLong.empty(), false);
        member(number, Optional.empty(), statisticsVisible, List.of(), List.of(), standby);
        return this;
    }

    /** Standbys up to this number, of which each seventh refuses. */
    Round members(int most) {
        List<String> names = new ArrayList<>();
        for (int number = 1; number <= most; number++) {
            names.add("pg-" + number);
            if (number % 7 == 0) {
                memberFails(number, FailureKind.REFUSED, "10.0.0." + number + ":5432");
            } else if (number > 3) {
                standby(number, Duration.ofMillis(90), 0);
            }
        }
        put(new MembershipObservation(at, TOOK, names));
        return this;
    }

    /** This process was too late to hear what it asked. */
    Round late() {
        put(new ProcessObservation(at, Duration.ofSeconds(1), Duration.ofMillis(700), Duration.ofMillis(100)));
        return this;
    }

    Round memberFails(int number, FailureKind kind, String detail) {
        put(new MemberObservation.Failed("pg-" + number, at, TOOK, new Failure(kind, detail)));
        return this;
    }

    Round writeEndpointFails(FailureKind kind, String detail) {
        put(new WriteEndpointObservation.Failed(at, TOOK, new Failure(kind, detail)));
        return this;
    }

    Round apiFails(ApiCheck check, FailureKind kind, String detail) {
        put(new ApiObservation.Failed(check, at, TOOK, new Failure(kind, detail)));
        return this;
    }

    /** A member out of recovery beside the primary, on the same timeline. */
    Round alsoPrimary(int number) {
        var role = new RoleState.Primary(Optional.empty(), Optional.empty());
        member(number, Optional.of(OLD), true, List.of(), List.of(), role);
        return this;
    }

    /** A member that was promoted: it leads on the next timeline, and these stream from it. */
    Round promoted(int number, WalSender... senders) {
        var role =
                new RoleState.Primary(Optional.of(archiver()), Optional.of(new Lsn(POSITION.position() - LEFT_BEHIND)));
        member(number, Optional.of(NEW), true, List.of(senders), List.of(), role);
        return this;
    }

    /** A standby that streams on the next timeline. */
    Round follows(int number) {
        var receiver = new RoleState.WalReceiver(
                "streaming", OptionalLong.of(0), Optional.of(Duration.ZERO), Optional.of(slot("pg-" + number)));
        var role = new RoleState.Standby(Optional.of(receiver), Optional.of(POSITION), OptionalLong.of(0), false);
        member(number, Optional.of(NEW), true, List.of(), List.of(), role);
        return this;
    }

    /** The write endpoint leads to a member that was promoted. */
    Round writesGoTo(int number) {
        put(new WriteEndpointObservation.Answered(
                at, TOOK, identity(number, Optional.of(NEW)), MemberRole.PRIMARY, false));
        return this;
    }

    /** The primary acknowledges a beat. */
    Round beat() {
        return beat(1, OLD, Optional.empty());
    }

    /** A member that was promoted acknowledges a beat. */
    Round beatOn(int number) {
        return beat(number, NEW, Optional.empty());
    }

    /** The first beat on a member that was promoted, which lacks the beats of the last so many seconds before it. */
    Round firstBeatOn(int number, int lacks) {
        var held = new HeldBeats.Range(RUN, 1, sequence() - lacks - 1);
        return beat(number, NEW, Optional.of(new HeldBeats(List.of(held))));
    }

    private Round beat(int number, Timeline timeline, Optional<HeldBeats> held) {
        put(new HeartbeatObservation.Acked(
                at,
                TOOK,
                new Beat(RUN, sequence()),
                identity(number, Optional.of(timeline)),
                Optional.of(POSITION),
                held));
        return this;
    }

    Round beatFails(FailureKind kind, String detail) {
        put(new HeartbeatObservation.Failed(at, TOOK, new Failure(kind, detail)));
        return this;
    }

    Round beatAmbiguous(FailureKind kind, String detail) {
        put(new HeartbeatObservation.Ambiguous(at, TOOK, new Beat(RUN, sequence()), new Failure(kind, detail)));
        return this;
    }

    /** Every member that answers holds the beat of so many seconds ago. */
    Round membersHold(int secondsAgo) {
        Optional<Beat> beat = Optional.of(new Beat(RUN, sequence() - secondsAgo));
        observations.replaceAll((target, seen) -> seen instanceof MemberObservation.Answered answered
                ? new MemberObservation.Answered(answered.member(), at, TOOK, holding(answered.state(), beat))
                : seen);
        return this;
    }

    private static MemberState holding(MemberState state, Optional<Beat> beat) {
        return new MemberState(
                state.identity(), state.statisticsVisible(), state.walSenders(), state.slots(), state.role(), beat);
    }

    /** Rounds are a second apart, and time goes on from scene to scene. */
    private long sequence() {
        return Duration.between(ManualClock.NOON, at.wallClock()).toSeconds() + 1;
    }

    private void member(
            int number,
            Optional<Timeline> timeline,
            boolean statisticsVisible,
            List<WalSender> senders,
            List<ReplicationSlot> slots,
            RoleState role) {
        put(new MemberObservation.Answered(
                "pg-" + number,
                at,
                TOOK,
                new MemberState(
                        identity(number, timeline), statisticsVisible, senders, slots, role, Optional.empty())));
    }

    private static ServerIdentity identity(int number, Optional<Timeline> timeline) {
        return new ServerIdentity(CLUSTER, timeline, Optional.of(POSITION), STARTED.plusSeconds(number));
    }

    static WalSender streaming(String name) {
        return sender(name, OptionalLong.of(0), Optional.of(Duration.ofMillis(3)));
    }

    /** As an upstream that has nothing to send sees a standby: no time lag. */
    static WalSender idle(String name, OptionalLong bytes) {
        return sender(name, bytes, Optional.empty());
    }

    /** As an upstream that waits for nobody sees a standby. */
    static WalSender asynchronous(String name, long bytes) {
        OptionalLong left = OptionalLong.of(bytes);
        return new WalSender(name, "streaming", "async", left, left, left, left, Optional.empty()).from(slot(name));
    }

    static WalSender baseBackup() {
        OptionalLong none = OptionalLong.empty();
        return new WalSender("pg_basebackup", "backup", "async", none, none, none, none, Optional.empty());
    }

    private static WalSender sender(String name, OptionalLong bytes, Optional<Duration> replayLag) {
        return new WalSender(name, "streaming", "quorum", bytes, bytes, bytes, bytes, replayLag).from(slot(name));
    }

    private static String slot(String member) {
        return "slot_of_" + member;
    }

    static List<ReplicationSlot> slots() {
        return List.of(
                new ReplicationSlot("pg_2", true, "reserved", OptionalLong.of(4096), OptionalLong.of(1L << 30)),
                new ReplicationSlot("pg_3", true, "reserved", OptionalLong.of(2048), OptionalLong.empty()));
    }

    static RoleState.Archiver archiver() {
        return new RoleState.Archiver(120, 0, false, Optional.empty(), Optional.of(Duration.ofSeconds(40)));
    }
}
