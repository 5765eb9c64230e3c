package io.statehub.sidecar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statehub.sidecar.observation.kubernetes.ConditionStatus;
import io.statehub.sidecar.observation.kubernetes.FailoverQuorum;
import io.statehub.sidecar.observation.kubernetes.KubernetesState;
import io.statehub.sidecar.observation.kubernetes.NodeState;
import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import io.statehub.sidecar.observation.kubernetes.PodState;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KubernetesWatchesTest {

    private final KeepingApiServer server = new KeepingApiServer();
    private final FixtureCluster cluster = FixtureCluster.sound(Instant.parse("2026-11-25T06:00:00Z"));
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final KubernetesClient client = server.client();
    private final KubernetesWatches watches = new KubernetesWatches(
            client,
            new WatchScope(
                    FixtureCluster.NAMESPACE,
                    Optional.of(FixtureCluster.CLUSTER),
                    "app.kubernetes.io/name=state-hub",
                    "longhorn-system"),
            EnumSet.allOf(WatchedResource.class),
            Backoff.USUAL,
            TimeSource.system(),
            timer,
            16 << 20);

    @BeforeEach
    void begin() {
        cluster.pooler("pg-pooler-5d4-x", "railiance01")
                .job("pg-4-join-z", "railiance02")
                .anotherCluster("other");
        server.with(cluster);
        watches.start();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(watches.state().byResource().values())
                        .allSatisfy(watched -> assertThat(watched).isInstanceOf(Watched.Current.class)));
    }

    private static <T> List<T> seen(Watched<T> watched) {
        return ((Watched.Current<T>) watched).objects();
    }

    @AfterEach
    void end() {
        watches.close();
        client.close();
        timer.shutdownNow();
        server.close();
    }

    @Test
    void neitherAPoolerNorAJobIsAnInstanceAndOfOtherClustersNothingIsJoined() {
        KubernetesState state = watches.state();

        assertThat(seen(state.instancePods())).extracting(PodState::name).containsExactly("pg-1", "pg-2", "pg-3");
        assertThat(seen(state.failoverQuorum()))
                .extracting(FailoverQuorum::name)
                .containsExactly("pg");
    }

    @Test
    void everyKindIsReadFromTheShapeThatItReallyHas() {
        KubernetesState state = watches.state();

        assertThat(seen(state.nodes()))
                .extracting(NodeState::name, NodeState::ready, NodeState::kubelet)
                .containsExactly(
                        tuple("railiance01", ConditionStatus.TRUE, "v1.33.4"),
                        tuple("railiance02", ConditionStatus.TRUE, "v1.33.4"),
                        tuple("railiance03", ConditionStatus.TRUE, "v1.33.4"));
        OperatorCluster operator = seen(state.cluster()).get(0);
        assertThat(operator.healthy()).isTrue();
    }
}
