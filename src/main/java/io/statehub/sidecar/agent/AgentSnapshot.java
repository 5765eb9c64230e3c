package io.statehub.sidecar.agent;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.observation.Moment;
import io.statehub.sidecar.observation.ObservationRound;
import java.time.Duration;

/**
 * Everything that is known at one moment, and what it means.
 *
 * @param number counts from 0, the one before anything was observed
 * @param failover what the tracker made of it, with what it noticed in this step
 */
public record AgentSnapshot(long number, ObservationRound round, Assessment assessment, FailoverTracker.Step failover) {

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
