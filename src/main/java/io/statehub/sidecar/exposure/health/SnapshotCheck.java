package io.statehub.sidecar.exposure.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Snapshots;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** A check that reads the current snapshot. Asynchronous in form only: a blocking check would take a worker thread. */
abstract class SnapshotCheck implements AsyncHealthCheck {

    private final String name;
    private final Snapshots snapshots;

    SnapshotCheck(String name, Snapshots snapshots) {
        this.name = name;
        this.snapshots = snapshots;
    }

    @Override
    public final Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::answer);
    }

    private HealthCheckResponse answer() {
        AgentSnapshot snapshot = snapshots.current();
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name);
        return (snapshots.stale(snapshot) ? stale(response, snapshot) : judge(response, snapshot)).build();
    }

    /** The answer while the snapshot says nothing: what is not known to be well is not well. */
    HealthCheckResponseBuilder stale(HealthCheckResponseBuilder response, AgentSnapshot snapshot) {
        return response.down().withData("reason", "snapshot is " + ageOf(snapshot) + " old; allowed: " + allowedAge());
    }

    abstract HealthCheckResponseBuilder judge(HealthCheckResponseBuilder response, AgentSnapshot snapshot);

    final boolean olderThan(Duration age, AgentSnapshot snapshot) {
        return snapshots.age(snapshot).compareTo(age) > 0;
    }

    final String ageOf(AgentSnapshot snapshot) {
        return snapshots.age(snapshot).toMillis() + " ms";
    }

    final String allowedAge() {
        return snapshots.staleAfter().toMillis() + " ms";
    }
}
