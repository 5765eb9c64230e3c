package io.statehub.sidecar.exposure.metrics;

import static java.util.stream.Collectors.toSet;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.statehub.sidecar.assessment.Target;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.ListenerOrder;
import io.statehub.sidecar.snapshot.SnapshotListener;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Counts and times probes as their observations come in: what a snapshot, which is one moment, can't hold. */
@Singleton
@Priority(ListenerOrder.MEMORY)
public class ProbeMeters implements SnapshotListener {

    /** From an answer on the same node to the longest deadline that is sensible. */
    private static final Duration[] BUCKETS = LongStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry;
    private final Set<String> counted = new HashSet<>();

    ProbeMeters(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void published(AgentSnapshot previous, AgentSnapshot current) {
        // By name: members come and go.
        Map<String, Optional<Observation>> before = new HashMap<>();
        previous.assessment().targets().all().forEach(target -> before.put(target.name(), target.last()));
        for (Target target : current.assessment().targets().all()) {
            target.last()
                    .filter(last -> !target.last().equals(before.get(target.name())))
                    .ifPresent(this::count);
        }
        forgetAllBut(
                current.assessment().targets().all().stream().map(Target::name).collect(toSet()));
    }

    /** A member that left takes its series along: a cluster whose instances are replaced has ever new names. */
    private void forgetAllBut(Set<String> present) {
        for (Iterator<String> names = counted.iterator(); names.hasNext(); ) {
            String name = names.next();
            if (!present.contains(name)) {
                names.remove();
                forget(Metric.PROBE_DURATION, name);
                forget(Metric.PROBE_FAILURES, name);
            }
        }
    }

    private void forget(Metric metric, String target) {
        registry.find(metric.metricName())
                .tag(metric.labels().get(0), target)
                .meters()
                .forEach(registry::remove);
    }

    private void count(Observation observation) {
        String target = observation.target().label();
        counted.add(target);
        observation
                .failure()
                .ifPresentOrElse(
                        failure -> failures(target, failure.kind()).increment(),
                        () -> durations(target).record(observation.took()));
    }

    private Timer durations(String target) {
        return Timer.builder(Metric.PROBE_DURATION.metricName())
                .description(Metric.PROBE_DURATION.help())
                .tag(Metric.PROBE_DURATION.labels().get(0), target)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter failures(String target, FailureKind kind) {
        return Counter.builder(Metric.PROBE_FAILURES.metricName())
                .description(Metric.PROBE_FAILURES.help())
                .tag(Metric.PROBE_FAILURES.labels().get(0), target)
                .tag(Metric.PROBE_FAILURES.labels().get(1), kind.label())
                .register(registry);
    }
}
