package io.statehub.sidecar.exposure.health;

import io.smallrye.health.api.HealthGroup;
import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Finding;
import io.statehub.sidecar.assessment.Scope;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Snapshots;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Is the cluster redundant and in bounds? Gates nothing by default, so it is up only if nothing at all was found. */
@HealthGroup(HealthGroups.REPLICATION)
@Singleton
class ReplicationCheck extends SnapshotCheck {

    ReplicationCheck(Snapshots snapshots) {
        super("replication", snapshots);
    }

    @Override
    HealthCheckResponseBuilder judge(HealthCheckResponseBuilder response, AgentSnapshot snapshot) {
        Assessment assessment = snapshot.assessment();
        Status status = assessment.status(Scope.REPLICATION);
        response.status(status == Status.UP).withData("status", status.name());
        for (Finding finding : assessment.findings(Scope.REPLICATION)) {
            response.withData(
                    finding.kind().label() + " " + finding.subject(),
                    finding.measured() + "; allowed: " + finding.allowed() + "; since "
                            + finding.since().wallClock());
        }
        return response;
    }
}
