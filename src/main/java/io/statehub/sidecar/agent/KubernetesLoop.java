package io.statehub.sidecar.agent;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.statehub.sidecar.kubernetes.Instance;
import io.statehub.sidecar.kubernetes.KubernetesLink;
import io.statehub.sidecar.observation.KubernetesObservation;
import io.statehub.sidecar.observation.MembershipObservation;
import io.statehub.sidecar.observation.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Looks each interval at what the watches of Kubernetes hold; they hear of changes by themselves. */
final class KubernetesLoop {

    private static final Logger LOG = Logger.getLogger(KubernetesLoop.class);

    private final KubernetesLink link;
    private final ClusterProbes cluster;
    private final boolean discovers;
    private final Consumer<List<Observation>> sink;

    /**
     * Makes a loop that does nothing until it is started.
     *
     * @param discovers whether the members are those that Kubernetes has
     */
    KubernetesLoop(KubernetesLink link, ClusterProbes cluster, boolean discovers, Consumer<List<Observation>> sink) {
        this.link = link;
        this.cluster = cluster;
        this.discovers = discovers;
        this.sink = sink;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look logs its own faults
    void start(Duration interval, ScheduledExecutorService timer) {
        link.start();
        timer.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), MILLISECONDS);
    }

    private void look() {
        try {
            KubernetesObservation observed = link.observe();
            List<Observation> seen = new ArrayList<>();
            seen.add(observed);
            if (discovers) {
                link.instances(observed).ifPresent(instances -> {
                    cluster.follow(instances);
                    seen.add(membership(observed, instances));
                });
            }
            sink.accept(seen);
        } catch (RuntimeException e) {
            // The loop must continue; that what was seen ages meanwhile is what is found.
            LOG.error("what Kubernetes says could not be taken in", e);
        }
    }

    private static MembershipObservation membership(KubernetesObservation observed, List<Instance> instances) {
        return new MembershipObservation(
                observed.at(),
                Duration.ZERO,
                instances.stream().map(Instance::name).toList());
    }
}
