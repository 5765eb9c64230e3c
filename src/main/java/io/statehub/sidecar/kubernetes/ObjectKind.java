package io.statehub.sidecar.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A kind of object: how the API server knows it, and what is kept of it.
 *
 * <p>All are read as the JSON that they are. Read into classes, one object with one field of a wrong type would keep
 * the whole list from being seen.
 *
 * @param definition its group, version and name
 * @param reading from the fields of an object to what is kept, of which one object may hold several
 */
record ObjectKind<T>(
        WatchedResource resource, ResourceDefinitionContext definition, Function<ObjectFields, List<T>> reading) {

    static <T> ObjectKind<T> of(
            WatchedResource resource,
            String group,
            String version,
            String kind,
            String plural,
            boolean namespaced,
            Function<ObjectFields, List<T>> reading) {
        ResourceDefinitionContext definition = new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
        return new ObjectKind<>(resource, definition, reading);
    }

    /**
     * What is kept of an object.
     *
     * @throws MalformedObjectException if it doesn't have the form of its kind
     */
    List<T> read(GenericKubernetesResource object) {
        Map<String, Object> fields = new HashMap<>(object.getAdditionalProperties());
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("name", object.getMetadata().getName());
        metadata.put("uid", object.getMetadata().getUid());
        metadata.put("namespace", object.getMetadata().getNamespace());
        metadata.put("labels", object.getMetadata().getLabels());
        metadata.put("annotations", object.getMetadata().getAnnotations());
        metadata.put("deletionTimestamp", object.getMetadata().getDeletionTimestamp());
        fields.put("metadata", metadata);
        return reading.apply(new ObjectFields(fields));
    }

    /** As an administrator names it, such as {@code backups.postgresql.cnpg.io}. */
    String described() {
        String group = definition.getGroup();
        return definition.getPlural() + (group == null || group.isEmpty() ? "" : "." + group);
    }
}
