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
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ProcessObservation;
import io.statehub.sidecar.observation.ReplicationSlot;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SlotTotals;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.observation.WalSender;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import io.statehub.sidecar.testing.Members;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Rounds of what no sound server says, though each part is of the right form: negative and enormous figures, positions
 * that go back, clocks that are years apart.
 */
final class HostileRound {

    private static final List<Long> FIGURES =
            List.of(0L, 1L, -1L, -12_840L, 16L << 20, (1L << 53) + 1, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE);
    private static final List<Long> POSITIONS = List.of(1L, 0x3000000L, 0x3000001L, 1L << 62, Long.MIN_VALUE, -1L);
    private static final List<Long> TIMELINES = List.of(1L, 2L, 3L, (1L << 32) - 1, 1L << 32, Long.MAX_VALUE - 1);

    /** As long as a numeric of seconds can become; PostgreSQL's own times differ by less. */
    private static final List<Duration> DURATIONS = List.of(
            Duration.ZERO,
            Duration.ofNanos(1),
            Duration.ofMillis(-1),
            Duration.ofHours(-1),
            Duration.ofSeconds(40),
            Duration.ofDays(365 * 101),
            Duration.ofNanos(Long.MAX_VALUE),
            Duration.ofNanos(Long.MIN_VALUE));

    private static final List<Instant> INSTANTS = List.of(
            Instant.parse("2026-02-01T08:00:00Z"),
            Instant.EPOCH,
            Instant.parse("1969-12-31T23:59:59Z"),
            Instant.parse("2101-01-01T00:00:00Z"),
            Instant.parse("9999-12-31T23:59:59Z"));
    private static final List<String> RUNS = List.of("0123456789abcdef", "fedcba9876543210");

    private static final Duration TOOK = Duration.ofMillis(3);

    private final Random random;
    private final Moment at;

    HostileRound(Random random, Moment at) {
        this.random = random;
        this.at = at;
    }

    List<Observation> observations() {
        List<Observation> round = new ArrayList<>();
        for (String member : Members.NAMES) {
            round.add(
                    oneIn(12)
                            ? new MemberObservation.Failed(member, at, TOOK, failure())
                            : new MemberObservation.Answered(member, at, TOOK, state()));
        }
        round.add(new WriteEndpointObservation.Answered(
                at, TOOK, identity(), any(List.of(MemberRole.values())), oneIn(2)));
        for (ApiCheck check : ApiCheck.values()) {
            round.add(new ApiObservation.Answered(check, at, TOOK, 200));
        }
        round.add(beat());
        round.add(new ProcessObservation(
                at, Duration.ofSeconds(1), Duration.ofMillis(random.nextInt(600)), Duration.ofMillis(250)));
        if (oneIn(3)) {
            FixtureCluster cluster = FixtureCluster.sound(instant());
            round.add(ObservedKubernetes.of(cluster).sighting().at(at));
        }
        return round;
    }

    private HeartbeatObservation beat() {
        return switch (random.nextInt(4)) {
            case 0 -> new HeartbeatObservation.Failed(at, TOOK, failure());
            case 1 -> new HeartbeatObservation.Ambiguous(at, TOOK, aBeat(), failure());
            default ->
                new HeartbeatObservation.Acked(
                        at, TOOK, aBeat(), identity(), maybe(position()), maybe(new HeldBeats(List.of(range()))));
        };
    }

    private HeldBeats.Range range() {
        return new HeldBeats.Range(any(RUNS), figure(), figure());
    }

    private Beat aBeat() {
        long sequence = figure();
        return new Beat(any(RUNS), sequence < 1 ? 1 : sequence);
    }

    private MemberState state() {
        return new MemberState(
                identity(),
                !oneIn(5),
                List.of(sender("pg-2"), sender("pg-3")),
                figure(),
                List.of(new ReplicationSlot("slot", oneIn(2), "reserved", figureOrNone(), figureOrNone())),
                maybe(new SlotTotals(figure(), figure(), figure(), figureOrNone())),
                oneIn(2) ? primary() : standby(),
                maybe(aBeat()));
    }

    private RoleState primary() {
        var archiver = new RoleState.Archiver(figure(), figure(), oneIn(2), Optional.empty(), maybe(duration()));
        var waits = new RoleState.CommitWait("", true, figure(), maybe(duration()));
        return new RoleState.Primary(maybe(archiver), maybe(position()), maybe(waits));
    }

    private RoleState standby() {
        var receiver = new RoleState.WalReceiver("streaming", figureOrNone(), maybe(duration()), Optional.empty());
        return new RoleState.Standby(
                maybe(receiver), maybe(position()), figureOrNone(), oneIn(3), duration(), oneIn(4));
    }

    private WalSender sender(String name) {
        return new WalSender(
                name,
                "streaming",
                oneIn(2) ? "async" : "sync",
                figureOrNone(),
                figureOrNone(),
                figureOrNone(),
                figureOrNone(),
                maybe(duration()));
    }

    private ServerIdentity identity() {
        return new ServerIdentity(
                new SystemIdentifier(oneIn(20) ? figure() : 7_412_356_789_012_345_678L),
                maybe(new Timeline(any(TIMELINES))),
                maybe(position()),
                instant());
    }

    private Failure failure() {
        return new Failure(any(List.of(FailureKind.values())), "by the script");
    }

    private long figure() {
        return any(FIGURES);
    }

    private Lsn position() {
        return new Lsn(any(POSITIONS));
    }

    private Duration duration() {
        return any(DURATIONS);
    }

    private Instant instant() {
        return any(INSTANTS);
    }

    private <T> Optional<T> maybe(T value) {
        return oneIn(6) ? Optional.empty() : Optional.of(value);
    }

    private OptionalLong figureOrNone() {
        return oneIn(6) ? OptionalLong.empty() : OptionalLong.of(figure());
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private boolean oneIn(int bound) {
        return random.nextInt(bound) == 0;
    }
}
