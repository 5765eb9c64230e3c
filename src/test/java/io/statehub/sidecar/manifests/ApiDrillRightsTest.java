package io.statehub.sidecar.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.trigger.ApiPodTrigger;
import io.statehub.sidecar.drill.trigger.KubernetesDeployment;
import io.statehub.sidecar.drill.trigger.NothingToUndo;
import io.statehub.sidecar.manifests.Grants.Grant;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An API drill makes every request that its component grants, and no other; the sidecar has none of these rights. */
class ApiDrillRightsTest {

    private static final String[] COMPONENTS = {"restore-drill", "scheduled-drills", "api-drill"};
    private static final String DEPLOYMENT = """
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "state-hub", "namespace": "state-hub"},
             "spec": {"replicas": 1, "selector": {"matchLabels": {"app.kubernetes.io/name": "state-hub"}}}}
            """;
    private static final String POD = """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "state-hub-a", "namespace": "state-hub",
             "labels": {"app.kubernetes.io/name": "state-hub"}},
             "status": {"conditions": [{"type": "Ready", "status": "True"}]}}
            """;

    private static List<Map<String, Object>> objects(boolean ofTheDrill) {
        return Rendered.productionWith(COMPONENTS).stream()
                .filter(object ->
                        ofTheDrill == Objects.toString(object.get("metadata")).contains("name=state-hub-api-drill"))
                .toList();
    }

    @Test
    void everyRequestIsGrantedAndEveryGrantIsNeeded() throws DrillException, IOException {
        Grants grants = new Grants(objects(true));

        List<Grant> requests = requests().stream().map(RightsTest::parsed).toList();

        assertThat(requests).extracting(Grant::verb).contains("get", "list", "delete");
        assertThat(grants.refused(requests)).isEmpty();
        assertThat(grants.unused(requests)).isEmpty();
    }

    @Test
    void nobodyElseIsBoundToThem() {
        assertThat(new Grants(objects(false)).all())
                .isEqualTo(new Grants(Rendered.productionWith("restore-drill", "scheduled-drills")).all());
        assertThat(objects(false))
                .filteredOn(object -> Objects.toString(object.get("kind")).endsWith("RoleBinding"))
                .noneMatch(object -> object.toString().contains("state-hub-api-drill"));
    }

    private static List<String> requests() throws DrillException, IOException {
        try (KeepingApiServer server = new KeepingApiServer();
                KubernetesClient client = server.client()) {
            for (String object : List.of(DEPLOYMENT, POD)) {
                server.admin()
                        .resource(Serialization.unmarshal(object, GenericKubernetesResource.class))
                        .create();
            }
            server.newRequests();
            KubernetesDeployment deployment =
                    new KubernetesDeployment(() -> client, Optional.of("state-hub"), "state-hub");
            ApiPodTrigger trigger = new ApiPodTrigger(deployment);
            trigger.check();
            assertThat(trigger.fire(new NothingToUndo())).isEqualTo("pod state-hub-a deleted");
            deployment.state();
            return server.newRequests();
        }
    }
}
