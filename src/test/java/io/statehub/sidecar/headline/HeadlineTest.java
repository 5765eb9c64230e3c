package io.statehub.sidecar.headline;

import static io.statehub.sidecar.testing.Members.FOLLOWER;
import static io.statehub.sidecar.testing.Members.GONE;
import static io.statehub.sidecar.testing.Members.NO_BEAT;
import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.PROMOTED;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.acked;
import static io.statehub.sidecar.testing.Observed.beatFailed;
import static io.statehub.sidecar.testing.Observed.endpointFailed;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Observed.lost;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.Chronicle;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.kubernetes.ObservedKubernetes;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.testing.Look;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is seen, and the one sentence on it: each headline, and which one is told of any two faults. */
class HeadlineTest {

    private static final Objectives OBJECTIVES = new Objectives(Duration.ofSeconds(30), Duration.ZERO);
    private static final int STEADY = 5;
    private static final Look SOUND = Look.SOUND.but(acked(PRIMARY, 1));

    private static final Look KILLED = Look.of(
            GONE, STANDBY.withoutReceiver(), OTHER.withoutReceiver(), endpointFailed(FailureKind.REFUSED), NO_BEAT);

    /** So many rounds, two seconds apart, in which all is sound but this, by what it is about. */
    private record Step(int times, Look seen) {}

    /** What is seen one after another, and the headline at the end. */
    private record Scene(String title, HeadlineKind kind, String text, List<Step> steps) {

        @Override
        public String toString() {
            return title;
        }
    }

    private static Scene scene(String title, HeadlineKind kind, String text, Look seen) {
        return new Scene(title, kind, text, List.of(new Step(STEADY, seen)));
    }

    private static Scene scene(String title, HeadlineKind kind, String text, Look first, Look then) {
        return new Scene(title, kind, text, List.of(new Step(STEADY, first), new Step(STEADY, then)));
    }

    static Stream<Scene> scenes() {
        return Stream.of(inAFailover(), withWritesOut(), withTheApi(), ofOthers())
                .flatMap(group -> group);
    }

    private static Stream<Scene> inAFailover() {
        return Stream.of(
                scene(
                        "the primary is killed",
                        HeadlineKind.NO_PRIMARY,
                        "Writes out for 0:08 (allowed 0:30): primary pg-1 refuses connections, nobody has taken over",
                        KILLED),
                scene(
                        "a standby has taken over, and no write has reached it",
                        HeadlineKind.WRITES_NOT_BACK,
                        "Writes out for 0:18 (allowed 0:30): pg-2 has taken over from pg-1, no write has reached it"
                                + " yet",
                        KILLED,
                        takenOver(NO_BEAT)),
                scene(
                        "writes are back, and one of two standbys streams",
                        HeadlineKind.NOT_REDUNDANT_YET,
                        "Writes are back: pg-2 has taken over, 1 of 2 standbys stream",
                        KILLED,
                        takenOver(acked(PROMOTED, 9))),
                scene(
                        "writes still reach the primary that another one took over from",
                        HeadlineKind.WRITES_MISROUTED,
                        "Writes will be lost, for 0:06: the write endpoint leads to pg-1, which takes writes and is out"
                                + " of sight; allowed: the primary on the highest timeline, pg-2",
                        Look.of(
                                failed("pg-1", FailureKind.TIMED_OUT),
                                PROMOTED,
                                FOLLOWER,
                                endpointTo(PRIMARY),
                                acked(PRIMARY, 1))),
                scene(
                        "two members are out of recovery",
                        HeadlineKind.SPLIT_BRAIN,
                        "Split brain for 0:08: pg-1 and pg-3 are out of recovery at once",
                        Look.of(OTHER.promoted())),
                new Scene(
                        "the primary failed a probe",
                        HeadlineKind.PRIMARY_SUSPECT,
                        "Primary pg-1 refuses connections, noticed 0:00 ago; this may pass",
                        List.of(new Step(1, Look.of(GONE)))));
    }

    private static Stream<Scene> withWritesOut() {
        return Stream.of(
                scene(
                        "nothing answers behind the write endpoint",
                        HeadlineKind.WRITES_OUT,
                        "Writes out for 0:08 (allowed 0:30): connection refused (by the script)",
                        Look.of(endpointFailed(FailureKind.REFUSED), NO_BEAT)),
                scene(
                        "our password is wrong",
                        HeadlineKind.WRITES_UNKNOWN,
                        "Unknown for 0:04 whether writes work: login rejected (by the script)",
                        Look.of(endpointFailed(FailureKind.AUTHENTICATION), beatFailed(FailureKind.AUTHENTICATION))));
    }

    private static Stream<Scene> withTheApi() {
        return Stream.of(
                scene(
                        "the API hangs",
                        HeadlineKind.API_OUT,
                        "API out for 0:04: no answer in time (by the script)",
                        Look.of(
                                failed(ApiCheck.LIVENESS, FailureKind.TIMED_OUT),
                                failed(ApiCheck.READINESS, FailureKind.TIMED_OUT))),
                scene(
                        "the API doesn't let us ask",
                        HeadlineKind.API_UNKNOWN,
                        "Unknown for 0:04 whether the API works: credentials unreadable (by the script)",
                        Look.of(
                                failed(ApiCheck.LIVENESS, FailureKind.CREDENTIAL_UNREADABLE),
                                failed(ApiCheck.READINESS, FailureKind.CREDENTIAL_UNREADABLE))),
                scene(
                        "the API can't do its work",
                        HeadlineKind.API_NOT_READY,
                        "API not ready for 0:04: unexpected HTTP status (by the script)",
                        Look.of(failed(ApiCheck.READINESS, FailureKind.BAD_STATUS))));
    }

    private static Stream<Scene> ofOthers() {
        return Stream.of(
                scene(
                        "everything answers",
                        HeadlineKind.SOUND,
                        "All is well: pg-1 leads, 2 standbys stream",
                        Look.NOTHING),
                new Scene(
                        "nothing was asked yet",
                        HeadlineKind.NOT_OBSERVED,
                        "Not everything has been observed yet",
                        List.of()),
                scene(
                        "a member is of another cluster",
                        HeadlineKind.BROKEN,
                        "Member of another cluster for 0:08: pg-3: system identifier 42; allowed: 7500000000000000001,"
                                + " that of the cluster",
                        Look.of(OTHER.ofSystem(42))),
                scene(
                        "a standby doesn't let us log in",
                        HeadlineKind.PARTLY_UNKNOWN,
                        "Unknown: member not visible for 0:04: pg-2: login rejected (by the script)",
                        Look.of(failed("pg-2", FailureKind.AUTHENTICATION))),
                scene(
                        "no standby streams",
                        HeadlineKind.NOT_REDUNDANT,
                        "No standby streams for 0:08: the loss of pg-1 would lose data",
                        Look.of(STANDBY.withoutReceiver(), OTHER.withoutReceiver())),
                scene(
                        "a node is lost, and its member with it",
                        HeadlineKind.FAULTY,
                        "Node not ready for 0:08: node railiance03: Ready is FALSE (KubeletReady: kubelet is posting"
                                + " ready status)",
                        Look.of(failed("pg-3", FailureKind.REFUSED), withoutThirdNode())),
                scene(
                        "this process itself is late",
                        HeadlineKind.FAULTY,
                        "Sidecar stopped or starved for 0:08: this process did not run for 700 of the last 1000 ms",
                        Look.of(lost(Duration.ofMillis(700)))),
                scene(
                        "a standby is far behind",
                        HeadlineKind.FAULTY,
                        "Standby lagging for 0:08: pg-3: 32.0 MiB left to replay; allowed: 16.0 MiB",
                        Look.of(OTHER.behindUpstreamBy(32L << 20))),
                scene(
                        "one member of three is down",
                        HeadlineKind.FAULTY,
                        "Member down for 0:04: pg-3: connection refused (by the script)",
                        Look.of(failed("pg-3", FailureKind.REFUSED))));
    }

    private static Headline told(List<Step> steps) {
        Chronicle chronicle = Chronicle.ofThree();
        if (!steps.isEmpty()) {
            rounds(chronicle, new Step(STEADY, Look.NOTHING));
        }
        steps.forEach(step -> rounds(chronicle, step));
        return Headline.of(chronicle.assessment(), chronicle.tracking(), OBJECTIVES);
    }

    private static void rounds(Chronicle chronicle, Step step) {
        for (int times = 0; times < step.times(); times++) {
            chronicle.after(Duration.ofSeconds(2), SOUND.but(step.seen()).sightings());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenes")
    void oneSentenceSaysHowItIs(Scene scene) {
        Headline headline = told(scene.steps());

        assertThat(headline.kind() + ": " + headline.text()).isEqualTo(scene.kind() + ": " + scene.text());
    }

    @Test
    void everyHeadlineHasASceneOrIsOfASnapshotThatIsTooOld() {
        assertThat(scenes().map(Scene::kind).distinct())
                .containsExactlyInAnyOrder(Stream.of(HeadlineKind.values())
                        .filter(kind -> kind != HeadlineKind.STALE)
                        .toArray(HeadlineKind[]::new));
    }

    @Test
    void ofTwoFaultsTheOneThatIsFirstInOrderIsTold() {
        List<Scene> faults = scenes().filter(scene -> scene.steps().size() == 1).toList();
        int pairs = 0;
        for (Scene one : faults) {
            for (Scene other : faults) {
                Step lasting = one.steps().get(0);
                Step later = other.steps().get(0);
                if (lasting.times() >= later.times()
                        && Collections.disjoint(
                                lasting.seen().targets(), later.seen().targets())) {
                    Look both = lasting.seen().but(later.seen());
                    List<Step> steps = lasting.times() == later.times()
                            ? List.of(new Step(STEADY, both))
                            : List.of(lasting, new Step(later.times(), both));
                    assertThat(told(steps).kind())
                            .as("%s, and %s", one, other)
                            .isEqualTo(Collections.min(List.of(one.kind(), other.kind())));
                    pairs++;
                }
            }
        }
        assertThat(pairs).isGreaterThan(60);
    }

    private static Sighting withoutThirdNode() {
        FixtureCluster cluster = FixtureCluster.sound(ManualClock.NOON);
        cluster.change(
                "Node",
                "railiance03",
                it -> FixtureCluster.at(it, "status.conditions.3").put("status", "False"));
        return ObservedKubernetes.of(cluster).sighting();
    }

    private static Look takenOver(Sighting beat) {
        return Look.of(GONE, PROMOTED, FOLLOWER, endpointTo(PROMOTED), beat);
    }
}
