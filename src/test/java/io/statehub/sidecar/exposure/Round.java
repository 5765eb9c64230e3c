package io.statehub.sidecar.exposure;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.ApiObservation;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.MemberState;
import io.statehub.sidecar.observation.Moment;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ReplicationSlot;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.observation.WalSender;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One round of observations: a sound cluster of the primary pg-1 with the standbys pg-2 and pg-3, and a sound API, until
 * something is said to be otherwise.
 */
final class Round {

    static final Lsn POSITION = Lsn.parse("16/B374D848");
    private static final SystemIdentifier CLUSTER = new SystemIdentifier(7_412_356_789_012_345_678L);
    private static final Duration TOOK = Duration.ofMillis(4);
    private static final Instant STARTED = Instant.parse("2026-02-01T08:00:00Z");

    private final Moment at;
    private final Map<String, Observation> observations = new LinkedHashMap<>();

    private Round(Moment at) {
        this.at = at;
    }

    static Round sound(Moment at) {
        Round round = new Round(at);
        for (ApiCheck check : ApiCheck.values()) {
            round.put(new ApiObservation.Answered(check, at, TOOK, 200));
        }
        round.put(new WriteEndpointObservation.Answered(
                at, TOOK, identity(1, Optional.of(new Timeline(7))), MemberRole.PRIMARY, false));
        round.primary(List.of(streaming("pg-2"), streaming("pg-3")), slots(), archiver());
        round.standby(2, Duration.ofMillis(120), 0);
        round.standby(3, Duration.ofMillis(80), 0);
        return round;
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
                Optional.of(new Timeline(7)),
                true,
                senders,
                slots,
                new RoleState.Primary(Optional.of(archiver), Optional.empty()));
        return this;
    }

    /** A standby that streams. */
    Round standby(int number, Duration silence, long lagBytes) {
        var receiver = new RoleState.WalReceiver("streaming", OptionalLong.of(lagBytes), Optional.of(silence));
        var standby = new RoleState.Standby(
                Optional.of(receiver),
                Optional.of(new Lsn(POSITION.position() - lagBytes)),
                OptionalLong.of(lagBytes),
                false);
        member(number, Optional.of(new Timeline(7)), true, List.of(), List.of(), standby);
        return this;
    }

    /** A standby without a WAL receiver, or one whose receiver our role may not see. */
    Round standbyWithoutReceiver(int number, boolean statisticsVisible) {
        var standby = new RoleState.Standby(Optional.empty(), Optional.of(POSITION), OptionalLong.empty(), false);
        member(number, Optional.empty(), statisticsVisible, List.of(), List.of(), standby);
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

    private static WalSender sender(String name, OptionalLong bytes, Optional<Duration> replayLag) {
        return new WalSender(name, "streaming", "quorum", bytes, bytes, bytes, bytes, replayLag);
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
