package io.statehub.sidecar.drill;

import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import java.time.Duration;
import java.util.List;

/** The cluster as it is followed during a drill. */
public interface FollowedCluster extends AutoCloseable {

    /** What is known now. */
    AgentSnapshot current();

    /** Takes in what the drill saw itself. */
    void saw(List<Observation> observations);

    /** How long this process has been stopped so far; never less than before. */
    Duration lost();

    @Override
    void close();
}
