package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.testing.Look;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Members;
import io.statehub.sidecar.testing.Policies;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.testing.Telling;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.List;

/** What was seen, in order, and what the assessment makes of it: for tests of findings, verdicts and readiness. */
public final class Story implements Telling<Assessment> {

    static final Duration STALE_AFTER = Duration.ofSeconds(10);
    static final Duration MAX_STALENESS = Duration.ofSeconds(30);
    static final Duration MAX_SILENCE = Duration.ofSeconds(40);
    static final AssessmentPolicy POLICY = policy(DatabasePolicy.DEGRADE, Duration.ofSeconds(5));

    private final ManualClock clock = new ManualClock();
    private final Assessor assessor;
    private List<Observation> brought = List.of();
    private ObservationRound round;
    private Assessment current;

    public Story(AssessmentPolicy policy, List<String> members) {
        assessor = new Assessor(policy);
        round = ObservationRound.none(clock.now(), members);
        current = assessor.begin(round);
    }

    static Story ofThree() {
        return new Story(POLICY, Members.NAMES);
    }

    static Story ofThree(DatabasePolicy database, Duration grace) {
        return new Story(policy(database, grace), Members.NAMES);
    }

    /** Three members, the endpoint and the API in sound health, seen once. */
    static Story ofSoundCluster() {
        Story story = ofThree();
        story.sound();
        return story;
    }

    private static AssessmentPolicy policy(DatabasePolicy database, Duration grace) {
        return Policies.staleAfter(STALE_AFTER)
                .apiReadinessStaleAfter(STALE_AFTER.multipliedBy(2))
                .maxStaleness(MAX_STALENESS)
                .maxSilence(MAX_SILENCE)
                .readiness(database, grace)
                .policy();
    }

    /** A second later, all is sound. */
    Assessment sound() {
        return next(Look.SOUND.sightings());
    }

    @Override
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
