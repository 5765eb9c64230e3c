package io.statehub.sidecar.snapshot;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Assessor;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.headline.Headline;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;

/**
 * Everything that is known at one moment, and what it means.
 *
 * @param number counts from 0, the one before anything was observed
 * @param failover what the tracker made of it, with what it noticed in this step
 * @param headline the one sentence on all of it
 */
public record AgentSnapshot(
        long number, ObservationRound round, Assessment assessment, FailoverTracker.Step failover, Headline headline) {

    /** What a process begins with: nothing was observed yet. */
    public static AgentSnapshot first(
            ObservationRound nothing, Assessor assessor, Tracking tracking, Objectives objectives) {
        Assessment begin = assessor.begin(nothing);
        return new AgentSnapshot(
                0, nothing, begin, FailoverTracker.Step.first(tracking), Headline.of(begin, tracking, objectives));
    }

    public Moment at() {
        return round.at();
    }

    /** How old it is; what it says holds only while this is small. */
    public Duration age(Moment now) {
        return now.since(at());
    }

    /** What the tracker knows. */
    public Tracking tracking() {
        return failover.tracking();
    }
}
