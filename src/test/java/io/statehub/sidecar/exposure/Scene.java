package io.statehub.sidecar.exposure;

import static io.statehub.sidecar.exposure.SceneCluster.BAD_STATUS;
import static io.statehub.sidecar.exposure.SceneCluster.FOLLOWER;
import static io.statehub.sidecar.exposure.SceneCluster.OTHER;
import static io.statehub.sidecar.exposure.SceneCluster.PRIMARY;
import static io.statehub.sidecar.exposure.SceneCluster.PROMOTED;
import static io.statehub.sidecar.exposure.SceneCluster.REFUSED;
import static io.statehub.sidecar.exposure.SceneCluster.REJOINED;
import static io.statehub.sidecar.exposure.SceneCluster.SOUND;
import static io.statehub.sidecar.exposure.SceneCluster.STANDBY;
import static io.statehub.sidecar.testing.Members.GONE;
import static io.statehub.sidecar.testing.Members.NO_BEAT;
import static io.statehub.sidecar.testing.Observed.acked;
import static io.statehub.sidecar.testing.Observed.ackedAfter;
import static io.statehub.sidecar.testing.Observed.ambiguous;
import static io.statehub.sidecar.testing.Observed.answered;
import static io.statehub.sidecar.testing.Observed.beatFailed;
import static io.statehub.sidecar.testing.Observed.beatsTo;
import static io.statehub.sidecar.testing.Observed.endpointFailed;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.kubernetes.FixtureCluster.at;

import io.statehub.sidecar.kubernetes.ObservedKubernetes;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Leadership;
import io.statehub.sidecar.observation.MembershipObservation;
import io.statehub.sidecar.observation.ReplicationSlot;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import io.statehub.sidecar.snapshot.Stage;
import io.statehub.sidecar.testing.Look;
import io.statehub.sidecar.testing.Members;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Senders;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * What can have been seen when somebody asks, played on the {@link Stage}: for tests of what is exposed. Three failures
 * make a target down.
 */
@SuppressWarnings("ImmutableEnumChecker") // a script holds no state
public enum Scene {
    NOTHING_OBSERVED(stage -> {}),
    STEADY(stage -> rounds(stage, 3, SOUND)),
    API_DOWN(stage -> {
        rounds(stage, 2, SOUND);
        rounds(stage, 3, SOUND.but(failed(ApiCheck.LIVENESS, REFUSED), failed(ApiCheck.READINESS, REFUSED)));
    }),
    API_HANGING(stage -> {
        rounds(stage, 2, SOUND);
        rounds(stage, 3, SOUND.but(apiHangs(FailureKind.TIMED_OUT)));
    }),
    NOTHING_REACHABLE(stage -> {
        rounds(stage, 2, SOUND);
        rounds(stage, 4, nothingAnswers(FailureKind.TIMED_OUT));
    }),
    OWN_STARVATION(stage -> {
        rounds(stage, 2, SOUND);
        rounds(stage, 4, nothingAnswers(FailureKind.OWN_DELAY).but(Observed.lost(Duration.ofMillis(700))));
    }),
    MANY_MEMBERS(stage -> rounds(stage, 4, ofMembers(50))),
    WRITE_PATH_DOWN_WITHIN_GRACE(stage -> {
        rounds(stage, 2, SOUND);
        rounds(stage, 10, primaryLost());
    }),
    WRITE_PATH_DOWN_AFTER_GRACE(stage -> {
        rounds(stage, 2, SOUND);
        rounds(stage, 40, primaryLost());
    }),
    STALE(stage -> {
        rounds(stage, 3, SOUND);
        stage.pass(Duration.ofMillis(5001));
    }),
    STANDBYS_UNKNOWN(stage -> {
        rounds(stage, 2, SOUND);
        rounds(
                stage,
                3,
                SOUND.but(SceneCluster.withoutReceiver(Members.STANDBY), memberFails("pg-3", FailureKind.TIMED_OUT)));
    }),
    NO_PERMISSION(stage -> rounds(
            stage, 3, SOUND.but(SceneCluster.withoutReceiver(Members.STANDBY).withoutStatistics()))),
    IDLE_PRIMARY(stage -> rounds(
            stage,
            3,
            SOUND.but(
                    PRIMARY.sendingTo(
                            SceneCluster.idle("pg-2", OptionalLong.of(0)),
                            SceneCluster.idle("pg-3", OptionalLong.empty())),
                    SceneCluster.receiving(Members.STANDBY, Duration.ofMillis(28_500), 0),
                    SceneCluster.receiving(Members.OTHER, Duration.ofMillis(29_500), 0)))),
    LAGGING(stage -> rounds(
            stage,
            3,
            SOUND.but(
                    SceneCluster.receiving(Members.STANDBY, Duration.ofMillis(100), 48L << 20),
                    PRIMARY.sendingTo(SceneCluster.streaming("pg-3"))
                            .keeping(new ReplicationSlot(
                                    "pg_2", false, "lost", OptionalLong.empty(), OptionalLong.empty()))
                            .archiving(new RoleState.Archiver(
                                    0, 3, true, Optional.of("000000070000001600000001"), Optional.empty()))))),
    HEARTBEATS(stage -> rounds(stage, 3, beating(0))),
    ASYNCHRONOUS(stage -> rounds(
            stage,
            3,
            SOUND.but(PRIMARY.sendingTo(
                    SceneCluster.asynchronous("pg-2", 900),
                    SceneCluster.asynchronous("pg-3", 300),
                    Senders.baseBackup("pg_basebackup"))))),
    UNPROTECTED(stage -> rounds(stage, 3, SOUND.but(PRIMARY.sendingTo()))),
    BLIP(Scene::blip),
    MANY_BLIPS(stage -> {
        for (int i = 0; i < 25; i++) {
            blip(stage);
        }
    }),
    KUBERNETES_SOUND(stage -> rounds(stage, 3, SOUND.but(kubernetes(ObservedKubernetes::of)))),
    KUBERNETES_UNSEEN(stage -> rounds(stage, 3, SOUND.but(kubernetes(Scene::unseen)))),
    KUBERNETES_SAYS_LITTLE(stage -> rounds(stage, 3, SOUND.but(kubernetes(Scene::sayingLittle)))),
    KUBERNETES_EMPTY(stage -> rounds(
            stage,
            3,
            SOUND.but(kubernetes(cluster -> ObservedKubernetes.of(cluster.without("Cluster")
                            .without("FailoverQuorum")
                            .without("Backup")
                            .without("ObjectStore"))
                    .off(WatchedResource.VOLUMES))))),
    STANDING_BY(stage -> rounds(
            stage,
            3,
            SOUND.but(kubernetes(cluster -> ObservedKubernetes.of(cluster)
                    .leadership(new Leadership(
                            Leadership.Role.STANDS_BY, Optional.of("state-hub-1"), Optional.empty())))))),
    SPLIT_BRAIN(stage -> {
        rounds(stage, 3, SOUND.but(SceneCluster.beatOn(PRIMARY)));
        rounds(stage, 2, SOUND.but(SceneCluster.SECOND_PRIMARY, SceneCluster.beatOn(PRIMARY)));
    }),
    /** Four seconds into it, nobody has taken over. */
    FAILOVER_RUNNING(Scene::failoverBegins),
    /** A member leads, and no write has reached it. */
    FAILOVER_PROMOTED(stage -> {
        failoverBegins(stage);
        rounds(stage, 1, promoted());
    }),
    /** The writes reach the new primary, one standby fewer streams than before. */
    FAILOVER_ROUTED(Scene::failoverRouted),
    /** As many standbys stream as before; the two last beats of the old primary are lost. */
    FAILOVER_DONE_WITH_LOSS(stage -> {
        failoverRouted(stage);
        rounds(stage, 2, SceneCluster.holding(0, rejoined().but(SceneCluster.beatOn(PROMOTED))));
    }),
    /** The same without heartbeats. */
    FAILOVER_WITHOUT_HEARTBEATS(stage -> {
        rounds(stage, 3, SOUND);
        rounds(stage, 4, primaryLost());
        rounds(stage, 1, promoted());
        rounds(stage, 2, rejoined());
    }),
    /** The primary has been gone for five looks, half a second before a beat each; all was asked last just now. */
    PRIMARY_GONE(stage -> {
        steady(stage);
        stage.rounds(5, NO_BEAT, failed(ApiCheck.READINESS, BAD_STATUS), GONE, STANDBY, OTHER);
    }),
    /** Two acknowledged beats are missing on the new primary, and one has no known outcome. */
    TAKEN_OVER_WITH_LOSS(stage -> {
        steady(stage);
        stage.rounds(1, acked(PRIMARY, 4), PRIMARY, STANDBY, OTHER);
        stage.rounds(1, acked(PRIMARY, 5), PRIMARY, STANDBY, OTHER);
        stage.rounds(1, ambiguous(6), GONE, STANDBY, OTHER);
        stage.rounds(2, NO_BEAT, GONE, STANDBY, OTHER);
        takenOver(stage, ackedAfter(PROMOTED, 9, beatsTo(3)));
    }),
    /** Of all the beats that are remembered, the new primary holds none. */
    TAKEN_OVER_WITH_MORE_LOST_THAN_REMEMBERED(stage -> {
        steady(stage);
        stage.look(
                LongStream.range(4, 1100).mapToObj(beat -> acked(PRIMARY, beat)).toArray(Sighting[]::new));
        stage.rounds(3, NO_BEAT, GONE, STANDBY, OTHER);
        takenOver(stage, ackedAfter(PROMOTED, 1200, beatsTo(0)));
    }),
    /** Nobody writes, and the API is not asked. */
    MEMBERS_ALONE(stage -> {
        stage.look(PRIMARY, STANDBY, OTHER);
        stage.look(GONE, STANDBY, OTHER);
    }),
    /** The API has failed since the start. */
    API_NEVER_SEEN_TO_WORK(stage -> {
        stage.look(PRIMARY, STANDBY, OTHER, failed(ApiCheck.READINESS, BAD_STATUS));
        stage.look(GONE, STANDBY, OTHER, failed(ApiCheck.READINESS, BAD_STATUS));
    }),
    TIMELINES_UNKNOWN(stage -> {
        stage.look(PRIMARY.withoutTimeline(), STANDBY, OTHER);
        for (int i = 0; i < 3; i++) {
            stage.look(GONE, STANDBY, OTHER);
        }
        stage.look(GONE, PROMOTED.withoutTimeline(), OTHER);
    });

    private final Consumer<Stage> script;

    Scene(Consumer<Stage> script) {
        this.script = script;
    }

    /** From nothing observed to the moment at which somebody asks. */
    public void play(Stage stage) {
        stage.clear();
        script.accept(stage);
    }

    /** A cluster that is well for ten minutes, one of whose standbys lags for a moment now and then. */
    public static void steadyForTenMinutes(Stage stage) {
        stage.clear();
        for (int minute = 1; minute <= 10; minute++) {
            long lag = (long) minute * 37 % 11 << 19;
            ObservedServer lagging = SceneCluster.receiving(Members.OTHER, Duration.ofMillis(90), lag);
            rounds(stage, 29, beating(0));
            rounds(stage, 1, SceneCluster.holding(1, SOUND.but(lagging, SceneCluster.beatOn(PRIMARY))));
            rounds(stage, 30, beating(0));
        }
    }

    public boolean asksKubernetes() {
        return name().startsWith("KUBERNETES") || this == STANDING_BY;
    }

    /** Objects as they are before anybody has told anything of them, and a backup that failed. */
    private static ObservedKubernetes sayingLittle(FixtureCluster cluster) {
        cluster.change("Cluster", "pg", it -> {
                    it.remove("status");
                    at(it, "spec").remove("instances");
                    at(it, "spec.postgresql").remove("synchronous");
                })
                .change("FailoverQuorum", "pg", it -> it.remove("status"))
                .change("Pod", "pg-3", it -> at(it, "spec").remove("nodeName"))
                .change("Pod", "state-hub-6c5f-b", it -> at(it, "spec").remove("nodeName"))
                .change("Volume", "pvc-pg-2", it -> at(it, "spec").remove("numberOfReplicas"))
                .change("Backup", "pg-daily-1", it -> at(it, "status").put("phase", "failed"));
        return ObservedKubernetes.of(cluster);
    }

    /** Nothing is known of nodes and little of the rest, and nobody knows who leads. */
    private static ObservedKubernetes unseen(FixtureCluster cluster) {
        Moment since = new Moment(Instant.EPOCH, 0);
        Failure refused = new Failure(FailureKind.REFUSED, "lease for leading: connection refused");
        cluster.change("Cluster", "pg", it -> at(it, "status").put("readyInstances", 1));
        return ObservedKubernetes.of(cluster)
                .leadership(new Leadership(Leadership.Role.ALONE, Optional.empty(), Optional.of(refused)))
                .unseen(WatchedResource.NODES, since, FailureKind.PERMISSION_DENIED)
                .unseen(WatchedResource.INSTANCE_PODS, since, FailureKind.PERMISSION_DENIED)
                .unseen(WatchedResource.API_PODS, since, FailureKind.PERMISSION_DENIED)
                .unseen(WatchedResource.BACKUPS, since, FailureKind.NO_SUCH_RESOURCE)
                .unseen(WatchedResource.OBJECT_STORES, since, FailureKind.NO_SUCH_RESOURCE)
                .unseen(WatchedResource.ENGINES, since, FailureKind.TIMED_OUT);
    }

    private static void rounds(Stage stage, int count, Look seen) {
        stage.times(count, seen.sightings());
    }

    /** The primary acknowledges a beat each second, and the members hold that of so many seconds ago. */
    private static Look beating(int secondsAgo) {
        return SceneCluster.holding(secondsAgo, SOUND.but(SceneCluster.beatOn(PRIMARY)));
    }

    private static void blip(Stage stage) {
        rounds(stage, 3, beating(1));
        rounds(
                stage,
                1,
                SOUND.but(
                        memberFails("pg-1", FailureKind.TIMED_OUT),
                        endpointFailed(after(FailureKind.TIMED_OUT, 900)),
                        beatFailed(after(FailureKind.TIMED_OUT, 900))));
        rounds(stage, 2, beating(1));
    }

    private static void failoverBegins(Stage stage) {
        rounds(stage, 5, beating(0));
        rounds(stage, 1, SceneCluster.holding(3, primaryLost().but(SceneCluster.ambiguousBeat())));
        rounds(stage, 3, primaryLost().but(beatFailed(REFUSED)));
    }

    private static void failoverRouted(Stage stage) {
        failoverBegins(stage);
        rounds(stage, 1, promoted().but(beatFailed(REFUSED)));
        // The beats of the last five seconds failed or are ambiguous; those of the two before were acknowledged.
        rounds(stage, 1, routed().but(SceneCluster.firstBeatOn(PROMOTED, 7)));
        rounds(stage, 2, SceneCluster.holding(0, routed().but(SceneCluster.beatOn(PROMOTED))));
    }

    private static Look promoted() {
        return primaryLost().but(PROMOTED);
    }

    private static Look routed() {
        return SOUND.but(
                failed("pg-1", REFUSED),
                PROMOTED.sendingTo(SceneCluster.streaming("pg-3")),
                FOLLOWER,
                endpointTo(PROMOTED));
    }

    private static Look rejoined() {
        return SOUND.but(
                REJOINED,
                PROMOTED.sendingTo(SceneCluster.streaming("pg-1"), SceneCluster.streaming("pg-3")),
                FOLLOWER,
                endpointTo(PROMOTED));
    }

    private static Look primaryLost() {
        return SOUND.but(endpointFailed(REFUSED), failed("pg-1", REFUSED), failed(ApiCheck.READINESS, BAD_STATUS));
    }

    private static Look nothingAnswers(FailureKind kind) {
        return SOUND.but(apiHangs(kind))
                .but(
                        endpointFailed(after(kind, 900)),
                        memberFails("pg-1", kind),
                        memberFails("pg-2", kind),
                        memberFails("pg-3", kind));
    }

    private static Look apiHangs(FailureKind kind) {
        return Look.of(
                failed(ApiCheck.LIVENESS, new Failure(kind, "/state/health, after 900 ms")),
                failed(ApiCheck.READINESS, new Failure(kind, "/state/summary, after 3000 ms")));
    }

    /** Standbys up to this number, of which each seventh refuses. */
    private static Look ofMembers(int most) {
        List<String> names = new ArrayList<>(Members.NAMES);
        List<Sighting> seen = new ArrayList<>();
        for (int number = names.size() + 1; number <= most; number++) {
            String name = "pg-" + number;
            names.add(name);
            seen.add(
                    number % 7 == 0
                            ? failed(name, new Failure(FailureKind.REFUSED, "10.0.0." + number + ":5432"))
                            : SceneCluster.receiving(Observed.standby(name), Duration.ofMillis(90), 0));
        }
        seen.add(at -> new MembershipObservation(at, Observed.TOOK, names));
        return SOUND.but(seen.toArray(Sighting[]::new));
    }

    /** Kubernetes has a sound cluster but for what this changes. */
    private static Sighting kubernetes(Function<FixtureCluster, ObservedKubernetes> seen) {
        return at -> seen.apply(FixtureCluster.sound(at.wallClock())).sighting().at(at);
    }

    private static Sighting memberFails(String member, FailureKind kind) {
        return failed(member, after(kind, 900));
    }

    private static Failure after(FailureKind kind, int millis) {
        return new Failure(kind, "after " + millis + " ms");
    }

    private static void steady(Stage stage) {
        for (long beat = 1; beat <= 3; beat++) {
            stage.rounds(1, acked(PRIMARY, beat), answered(ApiCheck.READINESS), PRIMARY, STANDBY, OTHER);
        }
    }

    private static void takenOver(Stage stage, Sighting firstBeat) {
        stage.rounds(1, firstBeat, GONE, PROMOTED, OTHER);
        stage.look(REJOINED, PROMOTED, FOLLOWER);
    }
}
