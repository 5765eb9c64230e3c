package io.statehub.sidecar.drill.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.trigger.KubernetesTrigger.Fault;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each trigger asks of Kubernetes, request by request; before it patches, the client reads by itself. */
class KubernetesTriggerTest {

    private static final String PODS = "/api/v1/namespaces/" + FixtureCluster.NAMESPACE + "/pods/";
    private static final String CLUSTER = "/apis/postgresql.cnpg.io/v1/namespaces/" + FixtureCluster.NAMESPACE
            + "/clusters/" + FixtureCluster.CLUSTER;

    private static final String DELETE_OPTIONS =
            " {\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\",\"propagationPolicy\":\"Background\"}";

    private final KeepingApiServer server = new KeepingApiServer().with(FixtureCluster.sound(Instant.EPOCH));
    private final KubernetesClient client = server.client();
    private final List<String> undos = new ArrayList<>();

    @BeforeEach
    void forget() {
        server.newRequests();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private KubernetesTrigger trigger(Fault fault) {
        return new KubernetesTrigger(
                fault,
                () -> client,
                Optional.of(FixtureCluster.NAMESPACE),
                FixtureCluster.CLUSTER,
                () -> new Moment(Instant.parse("2026-11-27T12:00:00.123456789Z"), 0));
    }

    private final Trigger.Undos noted = new Trigger.Undos() {
        @Override
        public void toBeUndone(String what) {
            undos.add(what);
        }

        @Override
        public void undone(String what) {
            undos.remove(what);
        }
    };

    @Test
    void thePrimarysPodIsDeletedAndNothingElseIsAsked() throws DrillException, IOException {
        String said = trigger(Fault.DELETE_PRIMARY_POD).fire(noted);

        String pod = said.replaceAll("pod (.*) deleted", "$1");
        assertThat(server.newRequestsWithBodies())
                .containsExactly("GET " + CLUSTER, "DELETE " + PODS + pod + DELETE_OPTIONS);
        assertThat(undos).isEmpty();
    }

    @Test
    void theNodeIsCordonedBeforeThePodIsDeletedAndUncordonedInTheEnd() throws DrillException, IOException {
        KubernetesTrigger trigger = trigger(Fault.CORDON_AND_DELETE);
        String said = trigger.fire(noted);

        String node = said.replaceAll("node (.*) takes.*", "$1");
        String pod = said.replaceAll(".*pod (.*) deleted", "$1");
        assertThat(server.newRequestsWithBodies())
                .containsExactly(
                        "GET " + CLUSTER,
                        "GET " + PODS + pod,
                        "GET /api/v1/nodes/" + node,
                        "GET /api/v1/nodes/" + node,
                        "PATCH /api/v1/nodes/" + node + " {\"spec\":{\"unschedulable\":true}}",
                        "DELETE " + PODS + pod + DELETE_OPTIONS);
        assertThat(undos).containsExactly("cordon of node " + node);
        assertThat(server.admin().nodes().withName(node).get().getSpec().getUnschedulable())
                .isTrue();

        server.newRequests();
        assertThat(trigger.undo(undos.get(0))).isEmpty();
        assertThat(server.newRequestsWithBodies())
                .last()
                .isEqualTo("PATCH /api/v1/nodes/" + node + " {\"spec\":{\"unschedulable\":null}}");
        assertThat(server.admin().nodes().withName(node).get().getSpec().getUnschedulable())
                .isNotEqualTo(true);
    }

    @Test
    void aNodeThatSomebodyElseCordonedIsLeftAlone() throws DrillException, IOException {
        trigger(Fault.CORDON_AND_DELETE).check();
        String node = server.admin()
                .pods()
                .inNamespace(FixtureCluster.NAMESPACE)
                .withName("pg-1")
                .get()
                .getSpec()
                .getNodeName();
        server.admin().nodes().withName(node).edit(it -> {
            it.getSpec().setUnschedulable(true);
            return it;
        });

        assertThatThrownBy(() -> trigger(Fault.CORDON_AND_DELETE).check()).hasMessageContaining("is cordoned already");
    }

    @Test
    void aSwitchoverAsksTheOperatorAsItsOwnCommandDoes() throws DrillException, IOException {
        String said = trigger(Fault.SWITCHOVER).fire(noted);

        String standby = said.replace("the operator was asked to promote ", "");
        assertThat(server.newRequestsWithBodies())
                .containsExactly(
                        "GET " + CLUSTER,
                        "GET " + CLUSTER,
                        "PATCH " + CLUSTER + "/status {\"status\":{\"targetPrimary\":\"" + standby
                                + "\",\"targetPrimaryTimestamp\":\"2026-11-27T12:00:00.123456Z\",\"phase\":"
                                + "\"Switchover in progress\",\"phaseReason\":\"Switching over to " + standby + "\"}}");
        assertThat(standby).startsWith("pg-");
    }

    @Test
    void aClusterThatIsNotThereIsSaid() {
        KubernetesTrigger absent = new KubernetesTrigger(
                Fault.SWITCHOVER, () -> client, Optional.of("elsewhere"), "none", TimeSource.system());

        assertThatThrownBy(absent::check).hasMessage("there is no cluster none in namespace elsewhere");
    }
}
