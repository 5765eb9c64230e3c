package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.answered;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.Policies;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.List;

/**
 * What was seen, in order, and what it comes to. With {@code next}, rounds are a second apart; what isn't mentioned in
 * a round was not asked.
 */
public final class Story {

    public static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration STALE_AFTER = Duration.ofSeconds(10);
    static final Duration MAX_STALENESS = Duration.ofSeconds(30);
    static final Duration MAX_SILENCE = Duration.ofSeconds(40);
    static final long MAX_LAG = 16L << 20;
    static final long MAX_SLOT_RETENTION = 1L << 30;

    static final AssessmentPolicy POLICY = policy(DatabasePolicy.DEGRADE, Duration.ofSeconds(5));

    private final ManualClock clock = new ManualClock();
    private final Assessor assessor;
    private List<Observation> brought = List.of();
    private ObservationRound round;
    private Assessment current;

    public Story(AssessmentPolicy policy, String... members) {
        assessor = new Assessor(policy);
        round = ObservationRound.none(clock.now(), List.of(members));
        current = assessor.begin(round);
    }

    static Story ofThree() {
        return new Story(POLICY, "pg-1", "pg-2", "pg-3");
    }

    /** Three members, the endpoint and the API in sound health, seen once. */
    static Story ofSoundCluster() {
        Story story = ofThree();
        story.sound();
        return story;
    }

    static AssessmentPolicy policy(DatabasePolicy database, Duration grace) {
        return new AssessmentPolicy(
                Policies.HYSTERESIS,
                STALE_AFTER,
                STALE_AFTER.multipliedBy(2),
                MAX_LAG,
                MAX_STALENESS,
                MAX_SILENCE,
                MAX_SLOT_RETENTION,
                new ReadinessRule(database, grace),
                Policies.KUBERNETES,
                STALE_AFTER);
    }

    Assessment sound() {
        return next(
                PRIMARY,
                STANDBY,
                OTHER,
                Observed.endpointTo(PRIMARY),
                answered(ApiCheck.LIVENESS),
                answered(ApiCheck.READINESS));
    }

    /** A second later, this is seen; what isn't mentioned was not asked. */
    Assessment next(Sighting... seen) {
        return after(SECOND, seen);
    }

    /** So much later, this is seen. */
    public Assessment after(Duration passed, Sighting... seen) {
        clock.advance(passed);
        brought = Sighting.all(clock.now(), seen);
        round = round.with(clock.now(), brought);
        current = assessor.assess(current, round);
        return current;
    }

    /** Whoever looks knows nothing any more of what was seen. */
    public void forget() {
        brought = List.of();
        round = ObservationRound.none(clock.now(), round.members());
        current = assessor.begin(round);
    }

    /** What the last round brought. */
    public List<Observation> brought() {
        return brought;
    }

    /** The latest of everything. */
    public ObservationRound round() {
        return round;
    }

    /** The same is seen several times, a second apart. */
    Assessment times(int times, Sighting... seen) {
        for (int i = 0; i < times; i++) {
            next(seen);
        }
        return current;
    }

    public Moment now() {
        return clock.now();
    }

    public ManualClock clock() {
        return clock;
    }

    public Assessment current() {
        return current;
    }
}
