package io.statehub.sidecar.snapshot;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Assessor;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.headline.Headline;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.time.TimeSource;
import java.util.List;

/**
 * Takes in observations, has them assessed and tracked, and publishes what they mean. Rounds of several loops come one
 * by one.
 */
public final class ObservationPipeline {

    private final Assessor assessor;
    private final FailoverTracker tracker;
    private final TimeSource time;
    private final Snapshots snapshots;
    private final List<SnapshotListener> listeners;

    public ObservationPipeline(
            Assessor assessor,
            FailoverTracker tracker,
            TimeSource time,
            Snapshots snapshots,
            List<SnapshotListener> listeners) {
        this.assessor = assessor;
        this.tracker = tracker;
        this.time = time;
        this.snapshots = snapshots;
        this.listeners = List.copyOf(listeners);
    }

    /** Continues, before anything is observed, from what a predecessor knew; nobody is told what was told already. */
    public synchronized void begin(Tracking resumed) {
        ObservationRound nothing = snapshots.current().round();
        snapshots.begin(AgentSnapshot.first(nothing, assessor, resumed, tracker.objectives()));
    }

    /** Takes in what one round of one loop brought. */
    public synchronized void accept(List<Observation> observations) {
        AgentSnapshot previous = snapshots.current();
        ObservationRound round = previous.round().with(time.now(), observations);
        Assessment assessment = assessor.assess(previous.assessment(), round);
        FailoverTracker.Step step = tracker.step(previous.tracking(), observations, round, assessment);
        AgentSnapshot next = new AgentSnapshot(
                previous.number() + 1,
                round,
                assessment,
                step,
                Headline.of(assessment, step.tracking(), tracker.objectives()));
        snapshots.publish(next);
        listeners.forEach(listener -> listener.published(previous, next));
    }
}
