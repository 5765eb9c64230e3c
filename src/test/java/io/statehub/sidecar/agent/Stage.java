package io.statehub.sidecar.agent;

import io.quarkus.arc.All;
import io.statehub.sidecar.assessment.Assessor;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.observation.Moment;
import io.statehub.sidecar.observation.Observation;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Stands in for the loops: a test says what was observed and when, and the rest of the process is the real one. */
@Alternative
@Singleton
public class Stage {

    private final ManualTime time;
    private final Assessor assessor;
    private final Settings settings;
    private final Snapshots snapshots;
    private final FailoverJournal journal;
    private final ObservationPipeline pipeline;

    Stage(
            ManualTime time,
            Assessor assessor,
            FailoverTracker tracker,
            Settings settings,
            Snapshots snapshots,
            FailoverJournal journal,
            @All List<SnapshotListener> listeners) {
        this.time = time;
        this.assessor = assessor;
        this.settings = settings;
        this.snapshots = snapshots;
        this.journal = journal;
        this.pipeline = new ObservationPipeline(assessor, tracker, time, snapshots, listeners);
    }

    /** As just after the start: nothing was observed. */
    public void clear() {
        snapshots.publish(
                new AgentSetup().snapshots(time, settings, assessor, journal).current());
    }

    /** A round comes in. */
    public void observe(List<Observation> round) {
        pipeline.accept(round);
    }

    public void pass(Duration duration) {
        time.pass(duration);
    }

    public Moment now() {
        return time.now();
    }
}
