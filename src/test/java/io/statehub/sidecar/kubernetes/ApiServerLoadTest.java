package io.statehub.sidecar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statehub.sidecar.observation.Leadership.Role;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What sidecars at rest cost the API server. {@code -Dload.sidecars=N} says how many, {@code -Dload.seconds=N} for how
 * long. It measures for that time, and {@code ./mvnw -Ptooling verify} alone runs it.
 */
@Tag("tooling")
class ApiServerLoadTest {

    private static final Logger LOG = Logger.getLogger(ApiServerLoadTest.class);
    private static final int SIDECARS = Integer.getInteger("load.sidecars", 10);
    private static final int SECONDS = Integer.getInteger("load.seconds", 11);
    private static final int ALLOWED = 15;

    /** A client for each would be a set of threads for each; one for all has more connections than it is made for. */
    private static final int SHARING = 25;

    /**
     * The client ends each watch and restarts it after five minutes at the earliest; those of the lease come on top.
     */
    private static final double WATCHES_A_MINUTE = (WatchedResource.values().length + 1) / 5.0;

    @Test
    void sidecarsAtRestAskSeldom() {
        List<KubernetesLink> links = new ArrayList<>();
        List<KubernetesClient> clients = new ArrayList<>();
        try (KeepingApiServer server = new KeepingApiServer()) {
            server.with(FixtureCluster.sound(Instant.now()));
            for (int i = 0; i < SIDECARS; i++) {
                if (i % SHARING == 0) {
                    clients.add(server.client());
                }
                links.add(new KubernetesLink(
                        clients.get(clients.size() - 1),
                        LinkSettings.of(FixtureCluster.NAMESPACE, FixtureCluster.CLUSTER, "state-hub-" + i)
                                .holdingFor(Duration.ofSeconds(30)),
                        TimeSource.system()));
            }
            // One group after the other: no server of one process takes thousands of connections at once.
            for (int i = 0; i < SIDECARS; i += SHARING) {
                List<KubernetesLink> group = links.subList(i, Math.min(i + SHARING, SIDECARS));
                group.forEach(KubernetesLink::start);
                await().atMost(Duration.ofMinutes(1)).until(() -> group.stream().allMatch(KubernetesLink::settled));
            }
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
                    "%d sidecars at rest for %.0f s: %d requests; a minute at most %.1f for the leader and %.1f on"
                            + " average,"
                            + " of which %.1f restart a watch",
                    SIDECARS, minutes * 60, requests.size(), leader, average, WATCHES_A_MINUTE);
            assertThat(requests).allMatch(request -> request.matches("(GET|PATCH) .*/leases/state-hub-sidecar"));
            assertThat(leader).isLessThanOrEqualTo(ALLOWED);
        } finally {
            links.forEach(KubernetesLink::close);
            clients.forEach(KubernetesClient::close);
        }
    }
}
