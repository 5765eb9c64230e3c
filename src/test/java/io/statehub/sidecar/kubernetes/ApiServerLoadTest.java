package io.statehub.sidecar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statehub.sidecar.observation.Leadership.Role;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import io.statehub.sidecar.probe.TimeSource;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * What sidecars at rest cost the API server. {@code -Dload.sidecars=N} says how many, {@code -Dload.seconds=N} for how long;
 * {@code verify} takes a sample.
 */
class ApiServerLoadTest {

    private static final Logger LOG = Logger.getLogger(ApiServerLoadTest.class);
    private static final int SIDECARS = Integer.getInteger("load.sidecars", 20);
    private static final int SECONDS = Integer.getInteger("load.seconds", 20);
    private static final int ALLOWED = 15;

    /** The client ends each watch and begins it anew after five minutes at the earliest; those of the lease come on top. */
    private static final double WATCHES_A_MINUTE = (WatchedResource.values().length + 1) / 5.0;

    @Test
    void sidecarsAtRestAskSeldom() {
        List<KubernetesLink> links = new ArrayList<>();
        try (KeepingApiServer server = new KeepingApiServer();
                KubernetesClient client = server.client()) {
            server.with(FixtureCluster.sound(Instant.now()));
            for (int i = 0; i < SIDECARS; i++) {
                links.add(new KubernetesLink(
                        client,
                        LinkSettings.of(FixtureCluster.NAMESPACE, FixtureCluster.CLUSTER, "state-hub-" + i)
                                .holdingFor(Duration.ofSeconds(30)),
                        TimeSource.system()));
            }
            links.forEach(KubernetesLink::start);
            await().atMost(Duration.ofMinutes(5)).until(() -> links.stream().allMatch(KubernetesLink::settled));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> links.stream()
                                    .filter(link -> link.leadership().role() == Role.LEADS)
                                    .count()
                            == 1);

            server.newRequests();
            long begun = System.nanoTime();
            await().pollDelay(Duration.ofSeconds(SECONDS))
                    .atMost(Duration.ofSeconds(SECONDS + 30))
                    .until(() -> true);
            double minutes = (System.nanoTime() - begun) / 60e9;
            List<String> requests = server.newRequests();

            // Renewals are all the leader's, so it makes as many of them as there are; the others wait on their
            // watches.
            double leader = requests.size() / minutes + WATCHES_A_MINUTE;
            double average = requests.size() / minutes / SIDECARS + WATCHES_A_MINUTE;
            LOG.infof(
                    "%d sidecars at rest for %.0f s: %d requests; a minute at most %.1f for the leader and %.1f on average,"
                            + " of which %.1f begin a watch anew",
                    SIDECARS, minutes * 60, requests.size(), leader, average, WATCHES_A_MINUTE);
            links.stream()
                    .map(KubernetesLink::observe)
                    .flatMap(o -> o.state().byResource().entrySet().stream())
                    .map(e -> e.getValue().getClass().getSimpleName()
                            + (e.getValue() instanceof io.statehub.sidecar.observation.kubernetes.Watched.Lost<?> l
                                    ? l.why().toString()
                                    : ""))
                    .collect(java.util.stream.Collectors.groupingBy(x -> x, java.util.stream.Collectors.counting()))
                    .forEach((k, v) -> LOG.infof("STATE %s %d", k, v));
            assertThat(requests.size()).isLessThan(5000);
            assertThat(requests).allMatch(request -> request.matches("(GET|PATCH) .*/leases/state-hub-sidecar"));
            assertThat(leader).isLessThanOrEqualTo(ALLOWED);
        } finally {
            links.forEach(KubernetesLink::close);
        }
    }
}
