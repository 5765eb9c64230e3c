package io.statehub.sidecar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statehub.sidecar.observation.Leadership;
import io.statehub.sidecar.observation.Leadership.Role;
import io.statehub.sidecar.testing.kubernetes.FailingApiServer;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import io.statehub.sidecar.testing.lab.ForwardingProxy;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

@Execution(CONCURRENT)
class LeaderLeaseTest {

    /** So long that nobody waits until it has run out. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private static final Duration RENEWED_SOON = Duration.ofSeconds(5);

    /** For who waits until it has run out. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static final Duration SOON = Duration.ofSeconds(60);

    private final KeepingApiServer server = new KeepingApiServer();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final ForwardingProxy path = new ForwardingProxy("api-server", server.port());
    private final KubernetesClient first = server.clientThrough(path.port());
    private final KubernetesClient second = server.client();

    @AfterEach
    void end() {
        first.close();
        second.close();
        path.close();
        timer.shutdownNow();
        server.close();
    }

    private LeaderLease lease(KubernetesClient client, String identity, Duration duration) {
        return new LeaderLease(
                client,
                FixtureCluster.NAMESPACE,
                "state-hub-sidecar",
                identity,
                duration,
                TimeSource.system(),
                timer,
                1 << 20);
    }

    private static void awaitRole(LeaderLease lease, Role role) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(lease.leadership().role()).isEqualTo(role));
    }

    @Test
    void whoeverComesFirstLeadsAndTheOtherStandsBy() {
        try (LeaderLease one = lease(first, "one", LONG);
                LeaderLease other = lease(second, "other", LONG)) {
            one.start();
            awaitRole(one, Role.LEADS);
            other.start();

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(other.leadership().holder()).contains("one"));
            assertThat(other.leadership().role()).isEqualTo(Role.STANDS_BY);
            assertThat(other.leadership().acts()).isFalse();
        }
    }

    @Test
    void aLeaderThatLeavesGivesTheLeaseBackAfterItHasRenewedItAndTheOtherLeads() {
        LeaderLease one = lease(first, "one", RENEWED_SOON);
        one.start();
        awaitRole(one, Role.LEADS);
        await().atMost(SOON)
                .until(() -> server.newRequests().stream()
                        .anyMatch(request -> request.startsWith("PATCH") && request.contains("/leases/")));

        one.close();
        // As it is written when it is given back: it holds for a second more.
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(held().getLeaseDurationSeconds()).isEqualTo(1));

        try (LeaderLease other = lease(second, "other", RENEWED_SOON)) {
            other.start();
            awaitRole(other, Role.LEADS);
            assertThat(held().getHolderIdentity()).isEqualTo("other");
            assertThat(held().getLeaseTransitions()).isEqualTo(1);
        }
    }

    private LeaseSpec held() {
        return server.admin()
                .leases()
                .inNamespace(FixtureCluster.NAMESPACE)
                .withName("state-hub-sidecar")
                .get()
                .getSpec();
    }

    @Test
    void aLeaderThatIsCutOffCarriesOnUntilItLearnsOfAnother() {
        try (LeaderLease one = lease(first, "one", SHORT);
                LeaderLease other = lease(second, "other", SHORT)) {
            one.start();
            awaitRole(one, Role.LEADS);
            other.start();
            path.drop();

            awaitRole(other, Role.LEADS);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(one.leadership().failure()).isPresent());
            assertThat(one.leadership().role()).isEqualTo(Role.LEADS);

            path.pass();
            awaitRole(one, Role.STANDS_BY);
        }
    }

    @Test
    void whereNobodyCanBeAskedASidecarActsAloneAfterTheLeasesDuration() {
        try (FailingApiServer failing = new FailingApiServer();
                KubernetesClient client = failing.client()) {
            failing.listing("leases", FailingApiServer.status(403, "Forbidden"))
                    .listing("state-hub-sidecar", FailingApiServer.status(403, "Forbidden"));
            try (LeaderLease alone = lease(client, "alone", SHORT)) {
                alone.start();
                assertThat(alone.leadership().role()).isEqualTo(Role.STANDS_BY);

                awaitRole(alone, Role.ALONE);
                Leadership leadership = alone.leadership();
                assertThat(leadership.acts()).isTrue();
                assertThat(leadership.failure().orElseThrow().kind().label()).isEqualTo("permission_denied");
            }
        }
    }
}
