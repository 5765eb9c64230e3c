package io.statehub.sidecar.exposure.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.statehub.sidecar.agent.AgentSnapshot;
import io.statehub.sidecar.agent.SnapshotListener;
import io.statehub.sidecar.assessment.Target;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.Observation;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Counts and times probes as their observations come in: what a snapshot, which is one moment, can't hold. */
@Singleton
public class ProbeMeters implements SnapshotListener {

    /** From an answer on the same node to the longest deadline that is sensible. */
    private static final Duration[] BUCKETS = millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000);

    private final MeterRegistry registry;

    ProbeMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void published(AgentSnapshot previous, AgentSnapshot current) {
        List<Target> before = previous.assessment().targets().all();
        for (Target target : current.assessment().targets().all()) {
            if (!before.contains(target)) {
                target.last().filter(observation -> isNew(observation, before)).ifPresent(this::count);
            }
        }
    }

    private static boolean isNew(Observation observation, List<Target> before) {
        return before.stream().flatMap(target -> target.last().stream()).noneMatch(observation::equals);
    }

    private void count(Observation observation) {
        observation
                .failure()
                .ifPresentOrElse(
                        failure -> failed(observation.target(), failure),
                        () -> answered(observation.target(), observation.took()));
    }

    private void answered(String target, Duration took) {
        Timer.builder("statehub.probe.duration")
                .description(Metric.PROBE_DURATION.help())
                .tag("target", target)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(took);
    }

    private void failed(String target, Failure failure) {
        Counter.builder("statehub.probe.failures")
                .description(Metric.PROBE_FAILURES.help())
                .tag("target", target)
                .tag("kind", failure.kind().label())
                .register(registry)
                .increment();
    }

    private static Duration[] millis(long... values) {
        Duration[] durations = new Duration[values.length];
        for (int i = 0; i < values.length; i++) {
            durations[i] = Duration.ofMillis(values[i]);
        }
        return durations;
    }
}
