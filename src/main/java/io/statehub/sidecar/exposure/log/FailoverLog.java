package io.statehub.sidecar.exposure.log;

import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.ListenerOrder;
import io.statehub.sidecar.snapshot.SnapshotListener;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Logs what the tracker noticed, each thing once. */
@Singleton
@Priority(ListenerOrder.FAILOVERS)
public class FailoverLog implements SnapshotListener {

    private static final Logger LOG = Logger.getLogger("io.statehub.sidecar");

    @Override
    public void published(AgentSnapshot previous, AgentSnapshot current) {
        FailoverTracker.Step step = current.failover();
        for (FailoverLine line :
                FailoverLine.of(previous.tracking().state(), step.tracking().state(), step.events(), step.ended())) {
            LOG.log(line.warning() ? Logger.Level.WARN : Logger.Level.INFO, line.text());
        }
    }
}
