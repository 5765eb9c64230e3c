package io.statehub.sidecar.drill.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.testing.faults.Fault;
import io.statehub.sidecar.testing.faults.FaultyKubernetes;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the API drill asks of Kubernetes, request by request, and what it makes of the answers. */
class KubernetesDeploymentTest {

    private static final String DEPLOYMENT = "GET /apis/apps/v1/namespaces/state-hub/deployments/state-hub";
    private static final String PODS = "/api/v1/namespaces/state-hub/pods";
    private static final String LIST = "GET " + PODS + "?labelSelector=app.kubernetes.io%2Fname%3Dstate-hub";

    private final KeepingApiServer server = new KeepingApiServer();
    private final KubernetesClient client = server.client();
    private final KubernetesDeployment deployment =
            new KubernetesDeployment(() -> client, Optional.of("state-hub"), "state-hub");

    @BeforeEach
    void twoOfTwo() {
        create(deployment(9, 2));
        create(pod("state-hub-b", "True", 0, ""));
        create(pod("state-hub-a", "True", 1, ""));
        server.newRequests();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private void create(GenericKubernetesResource object) {
        server.admin().resource(object).create();
    }

    private static GenericKubernetesResource object(String json) {
        return Serialization.unmarshal(json.replace('\'', '"'), GenericKubernetesResource.class);
    }

    /** The server counts generations itself, from 1. */
    private static GenericKubernetesResource deployment(long observed, int available) {
        return object(("{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'state-hub','namespace':"
                        + "'state-hub'},'spec':{'replicas':2,'selector':{'matchLabels':"
                        + "{'app.kubernetes.io/name':'state-hub'}}},'status':{'observedGeneration':%d,'replicas':2,"
                        + "'updatedReplicas':2,'availableReplicas':%d}}")
                .formatted(observed, available));
    }

    private static GenericKubernetesResource pod(String name, String ready, int restarts, String more) {
        return object(("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'%s','namespace':'state-hub','labels':"
                        + "{'app.kubernetes.io/name':'state-hub'}%s},'status':{'conditions':[{'type':'Ready',"
                        + "'status':'%s'}],'containerStatuses':[{'name':'api','restartCount':%d}]}}")
                .formatted(name, more, ready, restarts));
    }

    @Test
    void theDeploymentIsAskedForByNameAndItsPodsByItsOwnSelector() throws DrillException {
        DeploymentState state = deployment.state();

        assertThat(server.newRequestsWithBodies()).containsExactly(DEPLOYMENT, LIST);
        assertThat(state.whole()).isTrue();
        assertThat(state.ready()).containsExactly("state-hub-a", "state-hub-b");
        assertThat(state.words()).isEqualTo("2 of 2 pods ready");
    }

    @Test
    void theFirstPodThatIsReadyIsDeletedAndNothingElseIsDone() throws DrillException {
        ApiPodTrigger trigger = new ApiPodTrigger(deployment);
        trigger.check();
        assertThat(server.newRequestsWithBodies()).containsExactly(DEPLOYMENT, LIST);

        String said = trigger.fire(new NothingToUndo());

        assertThat(said).isEqualTo("pod state-hub-a deleted");
        assertThat(server.newRequestsWithBodies())
                .containsExactly(
                        DEPLOYMENT,
                        LIST,
                        "DELETE " + PODS + "/state-hub-a {\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\","
                                + "\"propagationPolicy\":\"Background\"}");
    }

    @Test
    void aPodThatIsGoneTellsBeforeTheDeploymentsOwnStatusDoes() throws DrillException {
        DeploymentState before = deployment.state();
        new ApiPodTrigger(deployment).fire(new NothingToUndo());
        DeploymentState after = deployment.state();

        assertThat(after.rolledOut()).isTrue();
        assertThat(after.whole()).isFalse();
        assertThat(after.words()).isEqualTo("1 of 2 pods ready");
        assertThat(after.changesSince(before)).singleElement().asString().matches("pod state-hub-a \\(.*\\) is gone");
    }

    @Test
    void aStatusThatIsOlderThanWhatIsWantedDoesNotMakeItWhole() throws DrillException {
        server.replace(deployment(0, 2));
        assertThat(deployment.state().whole()).isFalse();

        server.replace(deployment(9, 1));
        assertThat(deployment.state().whole()).isFalse();
        assertThat(deployment.state().words()).isEqualTo("2 of 2 pods ready, status not complete");
    }

    @Test
    void aPodThatIsNotReadyDoesNotCountAndOneThatIsRestartedInPlaceIsNoticed() throws DrillException {
        DeploymentState before = deployment.state();
        GenericKubernetesResource restarted = client.genericKubernetesResources(KubernetesTrigger.PODS)
                .inNamespace("state-hub")
                .withName("state-hub-b")
                .get();
        restarted.setAdditionalProperty(
                "status", pod("x", "False", 1, "").getAdditionalProperties().get("status"));
        server.replace(restarted);
        DeploymentState after = deployment.state();

        assertThat(after.ready()).containsExactly("state-hub-a");
        assertThat(after.changesSince(before)).singleElement().asString().endsWith("was restarted in place");
    }

    @Test
    void podsThatComeAndGoAreToldByTheirIdentityAndNotByTheirName() {
        DeploymentState before = new DeploymentState(1, 1, List.of("a"), 0, true, Map.of("a (u1)", 0L));
        DeploymentState after = new DeploymentState(1, 1, List.of("a"), 1, true, Map.of("a (u2)", 0L));

        assertThat(after.changesSince(before)).containsExactly("pod a (u1) is gone", "pod a (u2) is new");
        assertThat(after.words()).isEqualTo("1 of 1 pods ready, 1 being ended");
    }

    @Test
    void aDeploymentThatIsNotThereIsSaid() {
        KubernetesDeployment absent = new KubernetesDeployment(() -> client, Optional.of("elsewhere"), "none");

        assertThatThrownBy(absent::state).hasMessage("there is no Deployment none in namespace elsewhere");
    }

    @Test
    void aDeletionWithoutAnAnswerMayHaveBeenDoneAndAQuestionHasChangedNothing() {
        try (FaultyKubernetes path = new FaultyKubernetes(URI.create(server.url()), Optional.empty());
                KubernetesClient through = server.clientThrough(path.port())) {
            KubernetesDeployment behind =
                    new KubernetesDeployment(() -> through, Optional.of("state-hub"), "state-hub");
            path.become(Fault.RESET_IN_MID_ANSWER);

            assertThatThrownBy(() -> behind.delete("state-hub-a"))
                    .isInstanceOf(DrillException.class)
                    .hasMessageStartingWith("Kubernetes did not answer, and may have done it all the same: ");
            assertThat(server.newRequests()).contains("DELETE " + PODS + "/state-hub-a");
            assertThatThrownBy(behind::state)
                    .isInstanceOf(DrillException.class)
                    .hasMessageStartingWith("Kubernetes did not answer: ");
        }
    }

    @Test
    void anAnswerThatSaysNoIsARefusal() {
        KubernetesClientException forbidden = new KubernetesClientException(
                "pods is forbidden", 403, new StatusBuilder().withCode(403).build());

        assertThat(KubernetesFailure.ofChange(forbidden)).hasMessage("Kubernetes refused: pods is forbidden");
        assertThat(KubernetesFailure.ofQuestion(forbidden)).hasMessage("Kubernetes refused: pods is forbidden");
    }
}
