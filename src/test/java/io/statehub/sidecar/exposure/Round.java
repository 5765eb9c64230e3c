package io.statehub.sidecar.exposure;

import io.statehub.sidecar.kubernetes.ObservedKubernetes;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.MemberState;
import io.statehub.sidecar.observation.MembershipObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ReplicationSlot;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.observation.WalSender;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Senders;
import io.statehub.sidecar.testing.Sighting;
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
    private static final SystemIdentifier CLUSTER = new SystemIdentifier(7_412_356_789_012_345_678L);
    private static final Instant STARTED = Instant.parse("2026-02-01T08:00:00Z");

    private final Moment at;
    private final Map<TargetId, Observation> observations = new LinkedHashMap<>();

    private Round(Moment at) {
        this.at = at;
    }

    static Round sound(Moment at) {
        Round round = new Round(at);
        for (ApiCheck check : ApiCheck.values()) {
            round.put(Observed.answered(check));
        }
        round.put(Observed.endpointTo(leading(1, OLD)));
        round.primary(List.of(streaming("pg-2"), streaming("pg-3")), slots(), archiver());
        round.standby(2, Duration.ofMillis(120), 0);
        round.standby(3, Duration.ofMillis(80), 0);
        return round;
    }

    /** Kubernetes is asked, and has a sound cluster unless that is changed. */
    Round kubernetes(Function<FixtureCluster, ObservedKubernetes> seen) {
        return put(seen.apply(FixtureCluster.sound(at.wallClock())).sighting());
    }

    List<Observation> observations() {
        return List.copyOf(observations.values());
    }

    private Round put(Sighting seen) {
        Observation observation = seen.at(at);
        observations.put(observation.target(), observation);
        return this;
    }

    Round primary(List<WalSender> senders, List<ReplicationSlot> slots, RoleState.Archiver archiver) {
        return put(leading(1, OLD)
                .archiving(archiver)
                .sendingTo(senders.toArray(WalSender[]::new))
                .keeping(slots.toArray(ReplicationSlot[]::new)));
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
        return put(server(number, Optional.of(OLD), standby));
    }

    /** A standby without a WAL receiver, or one whose receiver our role may not see. */
    Round standbyWithoutReceiver(int number, boolean statisticsVisible) {
        var standby = new RoleState.Standby(Optional.empty(), Optional.of(POSITION), OptionalLong.empty(), false);
        ObservedServer server = server(number, Optional.empty(), standby);
        return put(statisticsVisible ? server : server.withoutStatistics());
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
        return put(now -> new MembershipObservation(now, Observed.TOOK, names));
    }

    /** This process was too late to hear what it asked. */
    Round late() {
        return put(Observed.lost(Duration.ofMillis(700)));
    }

    Round memberFails(int number, FailureKind kind, String detail) {
        return put(Observed.failed("pg-" + number, new Failure(kind, detail)));
    }

    Round writeEndpointFails(FailureKind kind, String detail) {
        return put(Observed.endpointFailed(new Failure(kind, detail)));
    }

    Round apiFails(ApiCheck check, FailureKind kind, String detail) {
        return put(Observed.failed(check, new Failure(kind, detail)));
    }

    /** A member out of recovery beside the primary, on the same timeline. */
    Round alsoPrimary(int number) {
        return put(leading(number, OLD));
    }

    /** A member that was promoted: it leads on the next timeline, and these stream from it. */
    Round promoted(int number, WalSender... senders) {
        var role =
                new RoleState.Primary(Optional.of(archiver()), Optional.of(new Lsn(POSITION.position() - LEFT_BEHIND)));
        return put(server(number, Optional.of(NEW), role).sendingTo(senders));
    }

    /** A standby that streams on the next timeline. */
    Round follows(int number) {
        var receiver = new RoleState.WalReceiver(
                "streaming", OptionalLong.of(0), Optional.of(Duration.ZERO), Optional.of(slot("pg-" + number)));
        var role = new RoleState.Standby(Optional.of(receiver), Optional.of(POSITION), OptionalLong.of(0), false);
        return put(server(number, Optional.of(NEW), role));
    }

    /** The write endpoint leads to a member that was promoted. */
    Round writesGoTo(int number) {
        return put(Observed.endpointTo(leading(number, NEW)));
    }

    /** The primary acknowledges a beat. */
    Round beat() {
        return put(Observed.acked(leading(1, OLD), sequence()));
    }

    /** A member that was promoted acknowledges a beat. */
    Round beatOn(int number) {
        return put(Observed.acked(leading(number, NEW), sequence()));
    }

    /** The first beat on a member that was promoted, which lacks the beats of the last so many seconds before it. */
    Round firstBeatOn(int number, int lacks) {
        return put(Observed.ackedAfter(leading(number, NEW), sequence(), Observed.beatsTo(sequence() - lacks - 1)));
    }

    Round beatFails(FailureKind kind, String detail) {
        return put(Observed.beatFailed(new Failure(kind, detail)));
    }

    Round beatAmbiguous(FailureKind kind, String detail) {
        return put(Observed.ambiguous(sequence(), new Failure(kind, detail)));
    }

    /** Every member that answers holds the beat of so many seconds ago. */
    Round membersHold(int secondsAgo) {
        Optional<Beat> beat = Optional.of(new Beat(Observed.RUN, sequence() - secondsAgo));
        observations.replaceAll((target, seen) -> seen instanceof MemberObservation.Answered answered
                ? new MemberObservation.Answered(answered.member(), at, Observed.TOOK, holding(answered.state(), beat))
                : seen);
        return this;
    }

    private static MemberState holding(MemberState state, Optional<Beat> beat) {
        return new MemberState(
                state.identity(), state.statisticsVisible(), state.walSenders(), state.slots(), state.role(), beat);
    }

    /** Rounds are a second apart, and time passes from scene to scene. */
    private long sequence() {
        return Duration.between(ManualClock.NOON, at.wallClock()).toSeconds() + 1;
    }

    private static ObservedServer leading(int number, Timeline timeline) {
        return server(number, Optional.of(timeline), new RoleState.Primary(Optional.empty(), Optional.empty()));
    }

    private static ObservedServer server(int number, Optional<Timeline> timeline, RoleState role) {
        var state = new MemberState(identity(number, timeline), true, List.of(), List.of(), role, Optional.empty());
        return new ObservedServer("pg-" + number, state);
    }

    private static ServerIdentity identity(int number, Optional<Timeline> timeline) {
        return new ServerIdentity(CLUSTER, timeline, Optional.of(POSITION), STARTED.plusSeconds(number));
    }

    static WalSender streaming(String name) {
        return quorum(name, OptionalLong.of(0), Optional.of(Duration.ofMillis(3)));
    }

    /** As an upstream that has nothing to send sees a standby: no time lag. */
    static WalSender idle(String name, OptionalLong bytes) {
        return quorum(name, bytes, Optional.empty());
    }

    private static WalSender quorum(String name, OptionalLong bytes, Optional<Duration> replayLag) {
        return Senders.sender(name, "streaming", "quorum", bytes, replayLag).from(slot(name));
    }

    /** As an upstream that waits for nobody sees a standby. */
    static WalSender asynchronous(String name, long bytes) {
        return Senders.asynchronous(name, bytes).from(slot(name));
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
