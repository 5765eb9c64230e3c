package io.statehub.sidecar.cli.drill;

import io.statehub.sidecar.agent.Lookout;
import io.statehub.sidecar.drill.FollowedCluster;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.SnapshotListener;
import java.time.Duration;
import java.util.List;

/** The lookout as a drill knows it. */
public final class Looking implements FollowedCluster {

    private final Lookout.Watch watch;

    public Looking(Lookout lookout, SnapshotListener listener) {
        watch = lookout.begin(listener);
    }

    @Override
    public AgentSnapshot current() {
        return watch.current();
    }

    @Override
    public void saw(List<Observation> observations) {
        watch.saw(observations);
    }

    @Override
    public Duration lost() {
        return watch.lost();
    }

    @Override
    public void close() {
        watch.close();
    }
}
