package io.statehub.sidecar.snapshot;

import io.quarkus.arc.All;
import io.statehub.sidecar.assessment.Assessor;
import io.statehub.sidecar.config.MemberAddress;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.failover.WriteLedger;
import io.statehub.sidecar.observation.JournalObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.testing.Telling;
import io.statehub.sidecar.time.Moment;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The whole process but its loops, told what is seen in their place: for tests of what is exposed. */
@Alternative
@Singleton
public class Stage implements Telling<Stage> {

    private final ManualClock time;
    private final Assessor assessor;
    private final FailoverTracker tracker;
    private final Settings settings;
    private final Snapshots snapshots;
    private final ObservationPipeline pipeline;

    Stage(
            ManualClock time,
            Assessor assessor,
            FailoverTracker tracker,
            Settings settings,
            Snapshots snapshots,
            @All List<SnapshotListener> listeners) {
        this.time = time;
        this.assessor = assessor;
        this.tracker = tracker;
        this.settings = settings;
        this.snapshots = snapshots;
        this.pipeline = new ObservationPipeline(assessor, tracker, time, snapshots, listeners);
        snapshots.begin(snapshots.current());
    }

    /** As just after the start: nothing was observed, and nothing that was made of what was before is served. */
    public void clear() {
        time.advance(Duration.ofSeconds(1));
        ObservationRound nothing = ObservationRound.none(
                time.now(),
                settings.postgres().fixedMembers().stream()
                        .map(MemberAddress::name)
                        .toList());
        Tracking begin = Tracking.begin(
                nothing.at(), WriteLedger.empty(settings.heartbeat().history()));
        snapshots.publish(AgentSnapshot.first(nothing, assessor, begin, tracker.objectives()));
    }

    @Override
    public Stage after(Duration passed, Sighting... seen) {
        pass(passed);
        observe(Sighting.all(now(), seen));
        return this;
    }

    /** A round comes in; with each, the agent looks at its journal. */
    public void observe(List<Observation> round) {
        List<Observation> all = new ArrayList<>(round);
        all.add(new JournalObservation(time.now(), Optional.empty(), 0, 0, 0));
        pipeline.accept(all);
    }

    public void pass(Duration duration) {
        time.advance(duration);
    }

    public Moment now() {
        return time.now();
    }
}
