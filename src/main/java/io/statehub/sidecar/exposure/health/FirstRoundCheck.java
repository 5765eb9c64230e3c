package io.statehub.sidecar.exposure.health;

import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Snapshots;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;

/**
 * Has every target been tried once, whatever was found? Kubernetes starts the API's container only after a native
 * sidecar's startup probe passes, so to wait for the API here would wait forever.
 */
@Startup
@Singleton
class FirstRoundCheck extends SnapshotCheck {

    FirstRoundCheck(Snapshots snapshots) {
        super("first-round", snapshots);
    }

    @Override
    HealthCheckResponseBuilder judge(HealthCheckResponseBuilder response, AgentSnapshot snapshot) {
        boolean complete = snapshot.round().complete();
        return response.status(complete)
                .withData("reason", complete ? "every target was tried" : "not every target was tried yet");
    }
}
