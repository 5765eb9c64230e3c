package io.statehub.sidecar.exposure.health;

import io.statehub.sidecar.assessment.Target;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Snapshots;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Is the sidecar itself working? The age of its own loops alone: a restart mends no API and no database. */
@Liveness
@Singleton
class LoopCheck extends SnapshotCheck {

    /** Several times what the slowest start took that did not hang. */
    static final Duration LONGEST_START = Duration.ofSeconds(30);

    LoopCheck(Snapshots snapshots) {
        super("loop", snapshots);
    }

    /** Before the first observation, the age is that of a start, which reads the journal and may wait for its disk. */
    @Override
    HealthCheckResponseBuilder stale(HealthCheckResponseBuilder response, AgentSnapshot snapshot) {
        if (snapshot.number() > 0) {
            return super.stale(response, snapshot);
        }
        return response.status(!olderThan(LONGEST_START, snapshot))
                .withData(
                        "reason", "starting for " + ageOf(snapshot) + "; allowed: " + LONGEST_START.toMillis() + " ms");
    }

    @Override
    HealthCheckResponseBuilder judge(HealthCheckResponseBuilder response, AgentSnapshot snapshot) {
        Optional<Target> unasked = snapshot.assessment().targets().all().stream()
                .filter(target -> target.last().isPresent() && !target.fresh())
                .findFirst();
        // Every round brings an observation of each of its targets, in vain or not: one that has none has no loop.
        unasked.ifPresent(target -> response.withData("reason", target.name() + " is not being asked any more"));
        return response.status(unasked.isEmpty())
                .withData("snapshot", snapshot.number())
                .withData("age", ageOf(snapshot))
                .withData("allowed", allowedAge());
    }
}
