package io.statehub.sidecar.kubernetes.restore;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.Optional;

/** All that a restore drill asks of an API server. Each throws what the client throws. */
public interface DrillObjects {

    /** The object; empty if there is none of this name. */
    Optional<GenericKubernetesResource> get(DrillKind kind, String namespace, String name);

    /** Makes it in the namespace that it names. */
    void create(DrillKind kind, GenericKubernetesResource object);

    /** Begins to delete it, with all that belongs to it; nothing happens if it is gone. */
    void delete(DrillKind kind, String namespace, String name);

    /** Writes annotations on a cluster, and leaves its others alone. */
    void annotate(String namespace, String cluster, Map<String, String> annotations);
}
