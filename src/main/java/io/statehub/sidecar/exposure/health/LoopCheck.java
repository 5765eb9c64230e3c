package io.statehub.sidecar.exposure.health;

import io.statehub.sidecar.agent.AgentSnapshot;
import io.statehub.sidecar.agent.Snapshots;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Is the sidecar itself working? The age of its own loop alone: a restart mends no API and no database. */
@Liveness
@Singleton
class LoopCheck extends SnapshotCheck {

    LoopCheck(Snapshots snapshots) {
        super("loop", snapshots);
    }

    @Override
    HealthCheckResponseBuilder judge(HealthCheckResponseBuilder response, AgentSnapshot snapshot) {
        return response.up()
                .withData("snapshot", snapshot.number())
                .withData("age", ageOf(snapshot))
                .withData("allowed", allowedAge());
    }
}
