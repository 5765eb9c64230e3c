package io.statehub.sidecar.exposure.metrics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import io.statehub.sidecar.assessment.Target;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.SnapshotListener;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Counts and times probes as their observations come in: what a snapshot, which is one moment, can't hold. */
@Singleton
public class ProbeMeters implements SnapshotListener {

    /** Seconds, from an answer on the same node to the longest deadline that is sensible. */
    private static final double[] BUCKETS = {0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5};

    private static final double NANOS = 1e9;

    private final Histogram durations;
    private final Counter failures;

    ProbeMeters(CollectorRegistry registry) {
        durations = Histogram.build(Metric.PROBE_DURATION.metricName(), Metric.PROBE_DURATION.help())
                .labelNames(labels(Metric.PROBE_DURATION))
                .buckets(BUCKETS)
                .create();
        failures = Counter.build(Metric.PROBE_FAILURES.metricName(), Metric.PROBE_FAILURES.help())
                .labelNames(labels(Metric.PROBE_FAILURES))
                .create();
        registry.register(new WithoutCreated(durations));
        registry.register(new WithoutCreated(failures));
    }

    @Override
    public void published(AgentSnapshot previous, AgentSnapshot current) {
        List<Target> before = previous.assessment().targets().all();
        List<Target> after = current.assessment().targets().all();
        for (int i = 0; i < after.size(); i++) {
            Optional<Observation> last = after.get(i).last();
            if (last.isPresent() && !last.equals(before.get(i).last())) {
                count(last.get());
            }
        }
    }

    private void count(Observation observation) {
        String target = observation.target();
        observation
                .failure()
                .ifPresentOrElse(
                        failure ->
                                failures.labels(target, failure.kind().label()).inc(),
                        () -> durations
                                .labels(target)
                                .observe(observation.took().toNanos() / NANOS));
    }

    private static String[] labels(Metric metric) {
        return metric.labels().toArray(String[]::new);
    }
}
