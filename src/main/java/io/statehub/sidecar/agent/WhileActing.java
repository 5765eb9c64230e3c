package io.statehub.sidecar.agent;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.Leadership;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.function.Supplier;

/** Writes heartbeats only while this sidecar acts for all. */
final class WhileActing implements Probe {

    private final Probe heartbeat;
    private final Supplier<Leadership> leadership;

    WhileActing(Probe heartbeat, Supplier<Leadership> leadership) {
        this.heartbeat = heartbeat;
        this.leadership = leadership;
    }

    @Override
    public TargetId target() {
        return heartbeat.target();
    }

    @Override
    public Observation observe(Deadline deadline) {
        Leadership now = leadership.get();
        if (now.acts()) {
            return heartbeat.observe(deadline);
        }
        String who = now.holder().map(holder -> holder + " leads").orElse("nobody is known to lead");
        return new HeartbeatObservation.Failed(
                deadline.now(), deadline.elapsed(), new Failure(FailureKind.STANDING_BY, who));
    }

    @Override
    public Observation unanswered(Moment at, Duration waited, FailureKind kind) {
        return heartbeat.unanswered(at, waited, kind);
    }

    @Override
    public void close() {
        heartbeat.close();
    }
}
