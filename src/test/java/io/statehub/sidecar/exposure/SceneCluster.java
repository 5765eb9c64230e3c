package io.statehub.sidecar.exposure;

import static io.statehub.sidecar.testing.Observed.endpointTo;

import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.ReplicationSlot;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.WalSender;
import io.statehub.sidecar.testing.Look;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Members;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Senders;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The cluster of the scenes: the three members after six failovers, with senders, slots, an archiver and beats. */
final class SceneCluster {

    private static final Lsn POSITION = Lsn.parse("16/B374D848");
    private static final long TIMELINE = 7;

    /** What the acknowledged log is longer than what the next timeline takes over. */
    private static final long LEFT_BEHIND = 4096;

    private static final RoleState.Archiver ARCHIVER =
            new RoleState.Archiver(120, 0, false, Optional.empty(), Optional.of(Duration.ofSeconds(40)));

    static final ObservedServer PRIMARY = aged(Members.PRIMARY)
            .archiving(ARCHIVER)
            .sendingTo(streaming("pg-2"), streaming("pg-3"))
            .keeping(
                    new ReplicationSlot("pg_2", true, "reserved", OptionalLong.of(4096), OptionalLong.of(1L << 30)),
                    new ReplicationSlot("pg_3", true, "reserved", OptionalLong.of(2048), OptionalLong.empty()));
    static final ObservedServer STANDBY = receiving(Members.STANDBY, Duration.ofMillis(120), 0);
    static final ObservedServer OTHER = receiving(Members.OTHER, Duration.ofMillis(80), 0);

    static final ObservedServer PROMOTED =
            aged(Members.STANDBY).promoted().archiving(ARCHIVER).forkedAt(new Lsn(POSITION.position() - LEFT_BEHIND));
    static final ObservedServer FOLLOWER =
            receiving(Members.OTHER, Duration.ZERO, 0).onTimeline(TIMELINE + 1);
    static final ObservedServer REJOINED =
            receiving(Members.REJOINED, Duration.ZERO, 0).onTimeline(TIMELINE + 1);

    /** A member that is out of recovery beside the primary, on the same timeline. */
    static final ObservedServer SECOND_PRIMARY = aged(Observed.primary("pg-3"));

    static final Failure REFUSED = new Failure(FailureKind.REFUSED, "10.0.0.1:5432");
    static final Failure BAD_STATUS = new Failure(FailureKind.BAD_STATUS, "status 503");

    static final Look SOUND = Look.SOUND.but(PRIMARY, STANDBY, OTHER, endpointTo(PRIMARY));

    private SceneCluster() {}

    private static ObservedServer aged(ObservedServer member) {
        return member.onTimeline(TIMELINE).writingAt(POSITION);
    }

    /** A standby that has heard nothing for so long, and has so much left to replay. */
    static ObservedServer receiving(ObservedServer standby, Duration silence, long bytes) {
        return aged(standby)
                .replayed(new Lsn(POSITION.position() - bytes))
                .yetToReplay(OptionalLong.of(bytes))
                .receiving(new RoleState.WalReceiver(
                        "streaming", OptionalLong.of(bytes), Optional.of(silence), Optional.of(slot(standby.name()))));
    }

    /** A standby without a WAL receiver. */
    static ObservedServer withoutReceiver(ObservedServer standby) {
        return aged(standby)
                .replayed(POSITION)
                .yetToReplay(OptionalLong.empty())
                .withoutReceiver();
    }

    static WalSender streaming(String standby) {
        return quorum(standby, OptionalLong.of(0), Optional.of(Duration.ofMillis(3)));
    }

    /** As an upstream that has nothing to send sees a standby: no time lag. */
    static WalSender idle(String standby, OptionalLong bytes) {
        return quorum(standby, bytes, Optional.empty());
    }

    /** As an upstream that waits for nobody sees a standby. */
    static WalSender asynchronous(String standby, long bytes) {
        return Senders.asynchronous(standby, bytes).from(slot(standby));
    }

    private static WalSender quorum(String standby, OptionalLong bytes, Optional<Duration> replayLag) {
        return Senders.sender(standby, "streaming", "quorum", bytes, replayLag).from(slot(standby));
    }

    private static String slot(String member) {
        return "slot_of_" + member;
    }

    /** This server acknowledges the beat of the second. */
    static Sighting beatOn(ObservedServer server) {
        return at -> Observed.acked(server, second(at)).at(at);
    }

    /** The first beat on a member that was promoted, which lacks the beats of so many seconds before it. */
    static Sighting firstBeatOn(ObservedServer server, int lacks) {
        return at -> Observed.ackedAfter(server, second(at), Observed.beatsTo(second(at) - lacks - 1))
                .at(at);
    }

    static Sighting ambiguousBeat() {
        return at -> Observed.ambiguous(second(at), new Failure(FailureKind.RESET, "connection reset"))
                .at(at);
    }

    /** Every member that answers holds the beat of so many seconds ago. */
    static Look holding(int secondsAgo, Look look) {
        return look.servers(server -> at ->
                server.holding(new Beat(Observed.RUN, second(at) - secondsAgo)).at(at));
    }

    /** Looks are a second apart, and time passes from scene to scene. */
    private static long second(Moment at) {
        return Duration.between(ManualClock.NOON, at.wallClock()).toSeconds() + 1;
    }
}
