package io.statehub.sidecar.kubernetes.restore;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.Optional;

/** The objects of a real API server. */
public final class ServedObjects implements DrillObjects {

    private final KubernetesClient client;

    public ServedObjects(KubernetesClient client) {
        this.client = client;
    }

    private Resource<GenericKubernetesResource> named(DrillKind kind, String namespace, String name) {
        return client.genericKubernetesResources(kind.context())
                .inNamespace(namespace)
                .withName(name);
    }

    @Override
    public Optional<GenericKubernetesResource> get(DrillKind kind, String namespace, String name) {
        return Optional.ofNullable(named(kind, namespace, name).get());
    }

    @Override
    public void create(DrillKind kind, GenericKubernetesResource object) {
        client.genericKubernetesResources(kind.context())
                .inNamespace(object.getMetadata().getNamespace())
                .resource(object)
                .create();
    }

    @Override
    public void delete(DrillKind kind, String namespace, String name) {
        named(kind, namespace, name).delete();
    }

    @Override
    public void annotate(String namespace, String cluster, Map<String, String> annotations) {
        String patch =
                client.getKubernetesSerialization().asJson(Map.of("metadata", Map.of("annotations", annotations)));
        named(DrillKind.CLUSTER, namespace, cluster).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }
}
