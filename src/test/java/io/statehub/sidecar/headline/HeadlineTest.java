package io.statehub.sidecar.headline;

import static io.statehub.sidecar.testing.Observed.acked;
import static io.statehub.sidecar.testing.Observed.answered;
import static io.statehub.sidecar.testing.Observed.beatFailed;
import static io.statehub.sidecar.testing.Observed.endpointFailed;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.Chronicle;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.kubernetes.ObservedKubernetes;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is seen, and the one sentence on it. */
class HeadlineTest {

    private static final Objectives OBJECTIVES = new Objectives(Duration.ofSeconds(30), Duration.ZERO);
    private static final ObservedServer PG1 = Observed.primary("pg-1");
    private static final ObservedServer PG2 = Observed.standby("pg-2");
    private static final ObservedServer PG3 = Observed.standby("pg-3");

    static Stream<Arguments> scenes() {
        return Stream.of(
                scene("nothing was asked yet", "NOT_OBSERVED", "Not everything has been observed yet"),
                scene("everything answers", "SOUND", "All is well: pg-1 leads, 2 standbys stream", sound()),
                scene(
                        "the primary is killed",
                        "NO_PRIMARY",
                        "Writes out for 0:08 (allowed 0:30): primary pg-1 refuses connections, nobody has taken over",
                        sound(),
                        lost()),
                scene(
                        "a standby has taken over, and no write has reached it",
                        "WRITES_NOT_BACK",
                        "Writes out for 0:18 (allowed 0:30): pg-2 has taken over from pg-1, no write has reached it"
                                + " yet",
                        sound(),
                        lost(),
                        takenOver(beatFailed(FailureKind.REFUSED))),
                scene(
                        "writes are back, and one of two standbys streams",
                        "NOT_REDUNDANT_YET",
                        "Writes are back: pg-2 has taken over, 1 of 2 standbys stream",
                        sound(),
                        lost(),
                        takenOver(acked(PG2.promoted(), 9))),
                scene(
                        "two members are out of recovery",
                        "SPLIT_BRAIN",
                        "Split brain for 0:08: pg-1 and pg-3 are out of recovery at once",
                        sound(),
                        new Sighting[] {PG1, PG2, PG3.promoted(), endpointTo(PG1), alive(), ready(), acked(PG1, 7)}),
                scene(
                        "no standby streams",
                        "NOT_REDUNDANT",
                        "No standby streams for 0:08: the loss of pg-1 would lose data",
                        sound(),
                        new Sighting[] {
                            PG1,
                            PG2.withoutReceiver(),
                            PG3.withoutReceiver(),
                            endpointTo(PG1),
                            alive(),
                            ready(),
                            acked(PG1, 7)
                        }),
                scene(
                        "the API hangs",
                        "API_OUT",
                        "API out for 0:04: no answer in time (by the script)",
                        sound(),
                        new Sighting[] {
                            PG1,
                            PG2,
                            PG3,
                            endpointTo(PG1),
                            failed(ApiCheck.LIVENESS, FailureKind.TIMED_OUT),
                            failed(ApiCheck.READINESS, FailureKind.TIMED_OUT),
                            acked(PG1, 7)
                        }),
                scene(
                        "our password is wrong",
                        "WRITES_UNKNOWN",
                        "Unknown for 0:08 whether writes work: login rejected (by the script)",
                        new Sighting[] {
                            failed("pg-1", FailureKind.AUTHENTICATION),
                            failed("pg-2", FailureKind.AUTHENTICATION),
                            failed("pg-3", FailureKind.AUTHENTICATION),
                            endpointFailed(FailureKind.AUTHENTICATION),
                            alive(),
                            ready(),
                            beatFailed(FailureKind.AUTHENTICATION)
                        }),
                scene(
                        "a node is lost, and its member with it",
                        "FAULTY",
                        "Node not ready for 0:08: node railiance03: Ready is FALSE (KubeletReady: kubelet is posting"
                                + " ready status); allowed: Ready",
                        sound(),
                        new Sighting[] {
                            PG1,
                            PG2,
                            failed("pg-3", FailureKind.REFUSED),
                            endpointTo(PG1),
                            alive(),
                            ready(),
                            acked(PG1, 7),
                            withoutThirdNode()
                        }),
                scene(
                        "one member of three is down",
                        "FAULTY",
                        "Member down for 0:04: pg-3: connection refused (by the script); allowed: an answer",
                        sound(),
                        new Sighting[] {
                            PG1,
                            PG2,
                            failed("pg-3", FailureKind.REFUSED),
                            endpointTo(PG1),
                            alive(),
                            ready(),
                            acked(PG1, 7)
                        }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenes")
    void oneSentenceSaysHowItIs(String title, List<Sighting[]> rounds, String kind, String text) {
        Chronicle chronicle = Chronicle.ofThree();
        for (Sighting[] round : rounds) {
            for (int times = 0; times < 5; times++) {
                chronicle.after(Duration.ofSeconds(2), round);
            }
        }

        Headline headline = Headline.of(chronicle.assessment(), chronicle.tracking(), OBJECTIVES);

        assertThat(headline.kind().name() + ": " + headline.text()).isEqualTo(kind + ": " + text);
    }

    private static Arguments scene(String title, String kind, String text, Sighting[]... rounds) {
        return Arguments.of(title, new ArrayList<>(List.of(rounds)), kind, text);
    }

    private static Sighting withoutThirdNode() {
        FixtureCluster cluster = FixtureCluster.sound(ManualClock.NOON);
        cluster.change(
                "Node",
                "railiance03",
                it -> FixtureCluster.at(it, "status.conditions.3").put("status", "False"));
        return ObservedKubernetes.of(cluster).sighting();
    }

    private static Sighting alive() {
        return answered(ApiCheck.LIVENESS);
    }

    private static Sighting ready() {
        return answered(ApiCheck.READINESS);
    }

    private static Sighting[] sound() {
        return new Sighting[] {PG1, PG2, PG3, endpointTo(PG1), alive(), ready(), acked(PG1, 1)};
    }

    private static Sighting[] lost() {
        return new Sighting[] {
            failed("pg-1", FailureKind.REFUSED),
            PG2.withoutReceiver(),
            PG3.withoutReceiver(),
            endpointFailed(FailureKind.REFUSED),
            alive(),
            ready(),
            beatFailed(FailureKind.REFUSED)
        };
    }

    private static Sighting[] takenOver(Sighting beat) {
        return new Sighting[] {
            failed("pg-1", FailureKind.REFUSED),
            PG2.promoted(),
            PG3.onTimeline(2),
            endpointTo(PG2.promoted()),
            alive(),
            ready(),
            beat
        };
    }
}
