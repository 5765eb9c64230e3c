package io.statehub.sidecar.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Assessor;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.assessment.Target;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.config.SettingsTree;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Of a cluster at whose addresses nobody listens: what counts here is how often who is asked. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class SurveyTest {

    private static final Moment BEGUN = TimeSource.system().now();

    /** So slow that no machine is too loaded to list and to answer within what is allowed. */
    private static final TimeSource TIME =
            () -> BEGUN.plus(TimeSource.system().now().since(BEGUN).dividedBy(100));

    private final Vertx vertx = Vertx.vertx();
    private final List<String> progress = new ArrayList<>();

    @AfterEach
    void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Settings settings(Map<String, String> more) {
        String nobody = "localhost:" + FreePorts.next();
        Map<String, String> properties = new HashMap<>(Map.of(
                "statehub.postgres.url", "jdbc:postgresql://" + nobody + "/state",
                "statehub.api.url", "http://" + nobody,
                "statehub.api.readiness-timeout", "1s",
                "statehub.kubernetes.enabled", "false",
                "statehub.postgres.members", "pg-1=" + nobody + ",pg-2=" + nobody));
        properties.putAll(more);
        return SettingsTree.mappedWith(properties);
    }

    private Assessment take(Settings settings, KubernetesClient... client) {
        Assessor assessor = new Assessor(AssessmentPolicies.of(settings));
        return new Survey(settings, assessor, TIME, vertx, () -> client[0]).take(progress::add);
    }

    @Test
    void everythingIsAskedUntilItCanBeBelieved() {
        Assessment assessment = take(settings(Map.of("statehub.probe.failures-to-down", "4")));

        assertThat(progress)
                .containsExactly(
                        "asking members and API, 1 of 4",
                        "asking members and API, 2 of 4",
                        "asking members and API, 3 of 4",
                        "asking members and API, 4 of 4");
        assertThat(assessment.targets().members())
                .extracting(Target::name, Target::status)
                .containsExactly(tuple("pg-1", Status.DOWN), tuple("pg-2", Status.DOWN));
        assertThat(assessment.targets().writeEndpoint().status()).isEqualTo(Status.DOWN);
        assertThat(assessment.targets().api().values())
                .extracting(Target::status)
                .containsOnly(Status.DOWN);
        assertThat(assessment.kubernetes()).isEmpty();
    }

    @Test
    void membersThatKubernetesHasAreAskedAfterItWasListed() {
        int nobody = FreePorts.next();
        FixtureCluster cluster = FixtureCluster.sound(TIME.now().wallClock());
        for (String member : List.of("pg-1", "pg-2", "pg-3")) {
            cluster.placed(member, "127.0.0.1", nobody);
        }
        try (KeepingApiServer server = new KeepingApiServer().with(cluster);
                KubernetesClient client = server.client()) {
            Assessment assessment = take(
                    settings(Map.of(
                            "statehub.postgres.discovery",
                            "cnpg",
                            "statehub.kubernetes.enabled",
                            "true",
                            "statehub.kubernetes.namespace",
                            FixtureCluster.NAMESPACE,
                            "statehub.kubernetes.cluster",
                            FixtureCluster.CLUSTER)),
                    client);

            assertThat(progress).first().isEqualTo("asking the API server");
            assertThat(assessment.targets().members()).extracting(Target::name).containsExactly("pg-1", "pg-2", "pg-3");
            assertThat(assessment.kubernetes()).isPresent();
        }
    }
}
