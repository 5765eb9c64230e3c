package io.statehub.sidecar.kubernetes.restore;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operator and scheduler do meanwhile to what a drill has made, and one request that fails. */
public class Meanwhile implements DrillObjects {

    /** The isolated namespace. */
    public static final String INTO = "state-hub-restore";

    private static final List<String> PHASES = List.of("Setting up primary", OperatorCluster.HEALTHY);

    private final DrillObjects served;
    private final int failing;
    private final int code;
    private int requests;
    private int looksAtCluster;
    private int looksAtApi;

    /** @param failing the number of the request that fails, from 0; none if negative */
    public Meanwhile(KubernetesClient client, int failing, int code) {
        this.served = new ServedObjects(client);
        this.failing = failing;
        this.code = code;
    }

    private void count() {
        if (requests++ == failing) {
            throw new KubernetesClientException("broken", code, null);
        }
    }

    @Override
    public Optional<GenericKubernetesResource> get(DrillKind kind, String namespace, String name) {
        count();
        Optional<GenericKubernetesResource> found = served.get(kind, namespace, name);
        if (namespace.equals(INTO)) {
            found.ifPresent(object -> object.setAdditionalProperty("status", status(kind)));
        }
        return found;
    }

    /** Healthy before its instance is ready; each is so at the third look, a pod of the API at the second. */
    Map<String, Object> status(DrillKind kind) {
        if (kind == DrillKind.CLUSTER) {
            looksAtCluster++;
            return Map.of(
                    "phase", PHASES.get(looksAtCluster < 2 ? 0 : 1), "readyInstances", looksAtCluster > 2 ? 1 : 0);
        }
        looksAtApi++;
        return Map.of("readyReplicas", looksAtApi > 1 ? 1 : 0);
    }

    @Override
    public void create(DrillKind kind, GenericKubernetesResource object) {
        count();
        served.create(kind, object);
    }

    @Override
    public void delete(DrillKind kind, String namespace, String name) {
        count();
        served.delete(kind, namespace, name);
    }

    @Override
    public void annotate(String namespace, String cluster, Map<String, String> annotations) {
        count();
        served.annotate(namespace, cluster, annotations);
    }
}
