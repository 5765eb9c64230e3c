package io.statehub.sidecar.exposure;

import static io.statehub.sidecar.testing.kubernetes.FixtureCluster.at;

import io.statehub.sidecar.kubernetes.ObservedKubernetes;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Leadership;
import io.statehub.sidecar.observation.ReplicationSlot;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import io.statehub.sidecar.snapshot.Stage;
import io.statehub.sidecar.testing.Senders;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What can have been observed when somebody asks. Rounds are a second apart; three failures make a target down. */
@SuppressWarnings("ImmutableEnumChecker") // a script holds no state
public enum Scene {
    NOTHING_OBSERVED(stage -> {}),
    STEADY(stage -> rounds(stage, 3, round -> round)),
    API_DOWN(stage -> {
        rounds(stage, 2, round -> round);
        rounds(
                stage,
                3,
                round -> round.apiFails(ApiCheck.LIVENESS, FailureKind.REFUSED, "10.0.0.1:5432")
                        .apiFails(ApiCheck.READINESS, FailureKind.REFUSED, "10.0.0.1:5432"));
    }),
    API_HANGING(stage -> {
        rounds(stage, 2, round -> round);
        rounds(
                stage,
                3,
                round -> round.apiFails(ApiCheck.LIVENESS, FailureKind.TIMED_OUT, "/state/health, after 900 ms")
                        .apiFails(ApiCheck.READINESS, FailureKind.TIMED_OUT, "/state/summary, after 3000 ms"));
    }),
    NOTHING_REACHABLE(stage -> {
        rounds(stage, 2, round -> round);
        rounds(stage, 4, Scene::nothingAnswers);
    }),
    OWN_STARVATION(stage -> {
        rounds(stage, 2, round -> round);
        rounds(stage, 4, round -> nothingAnswers(round, FailureKind.OWN_DELAY).late());
    }),
    MANY_MEMBERS(stage -> rounds(stage, 4, round -> round.members(50))),
    WRITE_PATH_DOWN_WITHIN_GRACE(stage -> {
        rounds(stage, 2, round -> round);
        rounds(stage, 10, Scene::primaryLost);
    }),
    WRITE_PATH_DOWN_AFTER_GRACE(stage -> {
        rounds(stage, 2, round -> round);
        rounds(stage, 40, Scene::primaryLost);
    }),
    STALE(stage -> {
        rounds(stage, 3, round -> round);
        stage.pass(Duration.ofMillis(5001));
    }),
    STANDBYS_UNKNOWN(stage -> {
        rounds(stage, 2, round -> round);
        rounds(
                stage,
                3,
                round -> round.standbyWithoutReceiver(2, true).memberFails(3, FailureKind.TIMED_OUT, "after 900 ms"));
    }),
    NO_PERMISSION(stage -> rounds(stage, 3, round -> round.standbyWithoutReceiver(2, false))),
    IDLE_PRIMARY(stage -> rounds(
            stage,
            3,
            round -> round.primary(
                            List.of(Round.idle("pg-2", OptionalLong.of(0)), Round.idle("pg-3", OptionalLong.empty())),
                            Round.slots(),
                            Round.archiver())
                    .standby(2, Duration.ofMillis(28_500), 0)
                    .standby(3, Duration.ofMillis(29_500), 0))),
    LAGGING(stage -> rounds(
            stage,
            3,
            round -> round.standby(2, Duration.ofMillis(100), 48L << 20)
                    .primary(List.of(Round.streaming("pg-3")), lostSlot(), failingArchiver()))),
    HEARTBEATS(stage -> rounds(stage, 3, round -> round.beat().membersHold(0))),
    ASYNCHRONOUS(stage -> rounds(
            stage,
            3,
            round -> round.primary(
                    List.of(
                            Round.asynchronous("pg-2", 900),
                            Round.asynchronous("pg-3", 300),
                            Senders.baseBackup("pg_basebackup")),
                    Round.slots(),
                    Round.archiver()))),
    UNPROTECTED(stage -> rounds(stage, 3, round -> round.primary(List.of(), Round.slots(), Round.archiver()))),
    BLIP(stage -> {
        rounds(stage, 3, round -> round.beat().membersHold(1));
        rounds(stage, 1, round -> noAnswer(round).beatFails(FailureKind.TIMED_OUT, "after 900 ms"));
        rounds(stage, 2, round -> round.beat().membersHold(1));
    }),
    KUBERNETES_SOUND(stage -> rounds(stage, 3, round -> round.kubernetes(ObservedKubernetes::of))),
    KUBERNETES_UNSEEN(stage -> rounds(stage, 3, round -> round.kubernetes(Scene::unseen))),
    KUBERNETES_SAYS_LITTLE(stage -> rounds(stage, 3, round -> round.kubernetes(Scene::sayingLittle))),
    KUBERNETES_EMPTY(stage -> rounds(
            stage,
            3,
            round -> round.kubernetes(cluster -> ObservedKubernetes.of(cluster.without("Cluster")
                            .without("FailoverQuorum")
                            .without("Backup")
                            .without("ObjectStore"))
                    .off(WatchedResource.VOLUMES)))),
    STANDING_BY(stage -> rounds(
            stage,
            3,
            round -> round.kubernetes(cluster -> ObservedKubernetes.of(cluster)
                    .leadership(
                            new Leadership(Leadership.Role.STANDS_BY, Optional.of("state-hub-1"), Optional.empty()))))),
    SPLIT_BRAIN(stage -> {
        rounds(stage, 3, Round::beat);
        rounds(stage, 2, round -> round.alsoPrimary(3).beat());
    }),
    /** Four seconds into it, nobody has taken over. */
    FAILOVER_RUNNING(Scene::failoverBegins),
    /** A member leads, and no write has reached it. */
    FAILOVER_PROMOTED(stage -> {
        failoverBegins(stage);
        rounds(stage, 1, Scene::promoted);
    }),
    /** The writes reach the new primary, one standby fewer streams than before. */
    FAILOVER_ROUTED(Scene::failoverRouted),
    /** As many standbys stream as before; the two last beats of the old primary are lost. */
    FAILOVER_DONE_WITH_LOSS(stage -> {
        failoverRouted(stage);
        rounds(stage, 2, round -> rejoined(round).beatOn(2).membersHold(0));
    }),
    /** The same without heartbeats. */
    FAILOVER_WITHOUT_HEARTBEATS(stage -> {
        rounds(stage, 3, round -> round);
        rounds(stage, 4, Scene::primaryLost);
        rounds(stage, 1, Scene::promoted);
        rounds(stage, 2, Scene::rejoined);
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
            rounds(stage, 29, round -> round.beat().membersHold(0));
            rounds(
                    stage,
                    1,
                    round -> round.standby(3, Duration.ofMillis(90), lag).beat().membersHold(1));
            rounds(stage, 30, round -> round.beat().membersHold(0));
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

    private static void rounds(Stage stage, int count, UnaryOperator<Round> otherwise) {
        for (int i = 0; i < count; i++) {
            stage.pass(Duration.ofSeconds(1));
            stage.observe(otherwise.apply(Round.sound(stage.now())).observations());
        }
    }

    private static void failoverBegins(Stage stage) {
        rounds(stage, 5, round -> round.beat().membersHold(0));
        rounds(
                stage,
                1,
                round -> primaryLost(round)
                        .beatAmbiguous(FailureKind.RESET, "connection reset")
                        .membersHold(3));
        rounds(stage, 3, round -> primaryLost(round).beatFails(FailureKind.REFUSED, "10.0.0.1:5432"));
    }

    private static void failoverRouted(Stage stage) {
        failoverBegins(stage);
        rounds(stage, 1, round -> promoted(round).beatFails(FailureKind.REFUSED, "10.0.0.1:5432"));
        // The beats of the last five seconds failed or are ambiguous; those of the two before were acknowledged.
        rounds(stage, 1, round -> routed(round).firstBeatOn(2, 7));
        rounds(stage, 2, round -> routed(round).beatOn(2).membersHold(0));
    }

    private static Round promoted(Round round) {
        return primaryLost(round).promoted(2);
    }

    private static Round routed(Round round) {
        return round.memberFails(1, FailureKind.REFUSED, "10.0.0.1:5432")
                .promoted(2, Round.streaming("pg-3"))
                .follows(3)
                .writesGoTo(2);
    }

    private static Round rejoined(Round round) {
        return round.promoted(2, Round.streaming("pg-1"), Round.streaming("pg-3"))
                .follows(1)
                .follows(3)
                .writesGoTo(2);
    }

    private static Round nothingAnswers(Round round) {
        return nothingAnswers(round, FailureKind.TIMED_OUT);
    }

    private static Round nothingAnswers(Round round, FailureKind kind) {
        Round failing = round.writeEndpointFails(kind, "after 900 ms")
                .apiFails(ApiCheck.LIVENESS, kind, "/state/health, after 900 ms")
                .apiFails(ApiCheck.READINESS, kind, "/state/summary, after 3000 ms");
        for (int member = 1; member <= 3; member++) {
            failing = failing.memberFails(member, kind, "after 900 ms");
        }
        return failing;
    }

    private static Round noAnswer(Round round) {
        return round.memberFails(1, FailureKind.TIMED_OUT, "after 900 ms")
                .writeEndpointFails(FailureKind.TIMED_OUT, "after 900 ms");
    }

    private static Round primaryLost(Round round) {
        return round.writeEndpointFails(FailureKind.REFUSED, "10.0.0.1:5432")
                .memberFails(1, FailureKind.REFUSED, "10.0.0.1:5432")
                .apiFails(ApiCheck.READINESS, FailureKind.BAD_STATUS, "status 503");
    }

    private static List<ReplicationSlot> lostSlot() {
        return List.of(new ReplicationSlot("pg_2", false, "lost", OptionalLong.empty(), OptionalLong.empty()));
    }

    private static RoleState.Archiver failingArchiver() {
        return new RoleState.Archiver(0, 3, true, Optional.of("000000070000001600000001"), Optional.empty());
    }
}
