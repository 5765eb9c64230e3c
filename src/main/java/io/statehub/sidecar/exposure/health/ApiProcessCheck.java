package io.statehub.sidecar.exposure.health;

import io.smallrye.health.api.HealthGroup;
import io.statehub.sidecar.assessment.OwnDelay;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.assessment.Target;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Snapshots;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Is the API's process wedged? For the liveness probe of the API's own container, whose failure kills it: so it is down
 * only if the API is known to be down by what this process was awake to see, and not knowing, even for a stale
 * snapshot, kills nothing.
 */
@HealthGroup(HealthGroups.API)
@Singleton
class ApiProcessCheck extends SnapshotCheck {

    ApiProcessCheck(Snapshots snapshots) {
        super("api-process", snapshots);
    }

    @Override
    HealthCheckResponseBuilder stale(HealthCheckResponseBuilder response, AgentSnapshot snapshot) {
        return super.stale(response, snapshot).up().withData("status", Status.UNKNOWN.name());
    }

    @Override
    HealthCheckResponseBuilder judge(HealthCheckResponseBuilder response, AgentSnapshot snapshot) {
        Target api = snapshot.assessment().targets().api(ApiCheck.LIVENESS);
        Optional<OwnDelay> late = snapshot.assessment().ownDelay();
        if (late.isPresent()) {
            return response.up()
                    .withData("status", Status.UNKNOWN.name())
                    .withData("reason", late.get().said().detail());
        }
        response.status(api.status() != Status.DOWN)
                .withData("status", api.status().name())
                .withData("since", api.health().since().wallClock().toString());
        api.health().failure().ifPresent(failure -> response.withData("reason", failure.described()));
        return response;
    }
}
