package io.statehub.sidecar.exposure.web;

import static io.statehub.sidecar.testing.Observed.acked;
import static io.statehub.sidecar.testing.Observed.ackedAfter;
import static io.statehub.sidecar.testing.Observed.ambiguous;
import static io.statehub.sidecar.testing.Observed.answered;
import static io.statehub.sidecar.testing.Observed.beatFailed;
import static io.statehub.sidecar.testing.Observed.beatsTo;
import static io.statehub.sidecar.testing.Observed.failed;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.snapshot.Stage;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Sighting;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * What can have happened to the primary when somebody asks. Half a second lies between a look and the beat after it.
 */
@SuppressWarnings("ImmutableEnumChecker") // a script holds no state
enum FailoverScene {
    NOTHING_OBSERVED(stage -> {}),
    STABLE(FailoverScene::steady),
    /** The primary has been gone for five looks, and pg-1 to pg-3 were asked last just now. */
    RUNNING(stage -> {
        steady(stage);
        rounds(stage, 5, noBeat(), failed(ApiCheck.READINESS, FailureKind.BAD_STATUS), gone(), standby(), other());
    }),
    /** Two acknowledged beats are missing on the new primary, and one has no known outcome. */
    ENDED_WITH_LOSS(stage -> {
        steady(stage);
        rounds(stage, 1, acked(primary(), 4), primary(), standby(), other());
        rounds(stage, 1, acked(primary(), 5), primary(), standby(), other());
        rounds(stage, 1, ambiguous(6), gone(), standby(), other());
        rounds(stage, 2, noBeat(), gone(), standby(), other());
        takenOver(stage, ackedAfter(promoted(), 9, beatsTo(3)));
    }),
    /** Of all the beats that are remembered, the new primary holds none. */
    ENDED_WITH_MORE_LOST_THAN_REMEMBERED(stage -> {
        steady(stage);
        look(
                stage,
                LongStream.range(4, 1100)
                        .mapToObj(beat -> acked(primary(), beat))
                        .toArray(Sighting[]::new));
        rounds(stage, 3, noBeat(), gone(), standby(), other());
        takenOver(stage, ackedAfter(promoted(), 1200, beatsTo(0)));
    }),
    BLIP(stage -> {
        steady(stage);
        blip(stage);
    }),
    MANY_BLIPS(stage -> {
        steady(stage);
        for (int i = 0; i < 25; i++) {
            blip(stage);
        }
    }),
    /** Nobody writes, and the API is not asked. */
    MEMBERS_ALONE(stage -> {
        look(stage, primary(), standby(), other());
        look(stage, gone(), standby(), other());
    }),
    /** The API has failed since the start. */
    API_NEVER_SEEN_TO_WORK(stage -> {
        look(stage, primary(), standby(), other(), failed(ApiCheck.READINESS, FailureKind.BAD_STATUS));
        look(stage, gone(), standby(), other(), failed(ApiCheck.READINESS, FailureKind.BAD_STATUS));
    }),
    TIMELINES_UNKNOWN(stage -> {
        look(stage, primary().withoutTimeline(), standby(), other());
        for (int i = 0; i < 3; i++) {
            look(stage, gone(), standby(), other());
        }
        look(stage, gone(), promoted().withoutTimeline(), other());
    });

    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private final Consumer<Stage> script;

    FailoverScene(Consumer<Stage> script) {
        this.script = script;
    }

    /** From nothing observed to the moment at which somebody asks. */
    void play(Stage stage) {
        stage.clear();
        script.accept(stage);
    }

    private static ObservedServer primary() {
        return Observed.primary("pg-1");
    }

    private static ObservedServer standby() {
        return Observed.standby("pg-2");
    }

    private static ObservedServer other() {
        return Observed.standby("pg-3");
    }

    private static ObservedServer promoted() {
        return standby().promoted();
    }

    private static Sighting gone() {
        return failed("pg-1", FailureKind.REFUSED);
    }

    private static Sighting noBeat() {
        return beatFailed(FailureKind.REFUSED);
    }

    static void look(Stage stage, Sighting... seen) {
        stage.pass(HALF_A_SECOND);
        stage.observe(Sighting.all(stage.now(), seen));
    }

    private static void rounds(Stage stage, int times, Sighting beat, Sighting... seen) {
        for (int i = 0; i < times; i++) {
            look(stage, seen);
            look(stage, beat);
        }
    }

    private static void steady(Stage stage) {
        for (long beat = 1; beat <= 3; beat++) {
            rounds(stage, 1, acked(primary(), beat), answered(ApiCheck.READINESS), primary(), standby(), other());
        }
    }

    private static void takenOver(Stage stage, Sighting firstBeat) {
        rounds(stage, 1, firstBeat, gone(), promoted(), other());
        ObservedServer rejoined = Observed.standby("pg-1").restarted().onTimeline(2);
        look(stage, rejoined, promoted(), other().onTimeline(2));
    }

    private static void blip(Stage stage) {
        look(stage, gone(), standby(), other());
        rounds(stage, 1, acked(primary(), 4), primary(), standby(), other());
    }
}
