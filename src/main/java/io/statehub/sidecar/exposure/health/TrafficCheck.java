package io.statehub.sidecar.exposure.health;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Scope;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Snapshots;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Should this pod take traffic? The API's answer and, by policy, the write path. */
@Readiness
@Singleton
class TrafficCheck extends SnapshotCheck {

    TrafficCheck(Snapshots snapshots) {
        super("traffic", snapshots);
    }

    @Override
    HealthCheckResponseBuilder judge(HealthCheckResponseBuilder response, AgentSnapshot snapshot) {
        Assessment assessment = snapshot.assessment();
        response.status(assessment.readiness().ready())
                .withData("api", assessment.status(Scope.API).name())
                .withData("database", assessment.status(Scope.DATABASE).name());
        List<String> reasons = assessment.readiness().reasons();
        for (int i = 0; i < reasons.size(); i++) {
            response.withData("reason-" + (i + 1), reasons.get(i));
        }
        return response;
    }
}
