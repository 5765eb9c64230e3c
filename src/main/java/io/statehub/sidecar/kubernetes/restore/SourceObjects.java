package io.statehub.sidecar.kubernetes.restore;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From the live cluster's objects to those of the restored one. */
final class SourceObjects {

    /** On everything that a drill makes, so that a person sees what it is. */
    static final String LABEL = "state-hub.io/restore-drill";

    private static final String STORE = "barmanObjectName";

    /**
     * What of the live cluster's spec the restored one needs to be started alike. Synchronous replication, backups and
     * roles are not.
     */
    private static final List<String> TAKEN =
            List.of("imageName", "imageCatalogRef", "imagePullSecrets", "storage", "walStorage", "resources");

    private SourceObjects() {}

    private static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> fields) {
            fields.forEach((name, inner) -> map.put(String.valueOf(name), inner));
        }
        return map;
    }

    private static Stream<Map<String, Object>> each(@Nullable Object value) {
        return value instanceof List<?> list ? list.stream().map(SourceObjects::map) : Stream.empty();
    }

    private static Map<String, Object> spec(GenericKubernetesResource object) {
        return map(object.getAdditionalProperties().get("spec"));
    }

    private static Map<String, Object> archiver(GenericKubernetesResource cluster) throws DrillStepException {
        return each(spec(cluster).get("plugins"))
                .filter(plugin -> map(plugin.get("parameters")).containsKey(STORE))
                .findFirst()
                .orElseThrow(() -> new DrillStepException("spec.plugins of the cluster names no " + STORE
                        + ": there is no object store to restore from"));
    }

    /** The name of the object store that it archives into. */
    static String objectStore(GenericKubernetesResource cluster) throws DrillStepException {
        return String.valueOf(map(archiver(cluster).get("parameters")).get(STORE));
    }

    /** The names of the secrets that an object store refers to. */
    static Set<String> secrets(GenericKubernetesResource store) {
        Set<String> names = new TreeSet<>();
        references(spec(store).get("configuration"), names);
        return names;
    }

    /** Wherever there is a key, there is the name of the secret that it is in. */
    private static void references(@Nullable Object value, Set<String> names) {
        Map<String, Object> fields = map(value);
        if (fields.get("name") instanceof String name && fields.containsKey("key")) {
            names.add(name);
        }
        fields.values().forEach(inner -> references(inner, names));
    }

    /** The same object in another namespace. */
    static GenericKubernetesResource copy(DrillKind kind, GenericKubernetesResource source, String into) {
        GenericKubernetesResource copy = named(kind, source.getMetadata().getName(), into);
        source.getAdditionalProperties().forEach((name, value) -> {
            if (!name.equals("status")) {
                copy.setAdditionalProperty(name, value);
            }
        });
        return copy;
    }

    private static GenericKubernetesResource named(DrillKind kind, String name, String namespace) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion(kind.apiVersion());
        object.setKind(kind.word());
        ObjectMeta metadata = new ObjectMeta();
        metadata.setName(name);
        metadata.setNamespace(namespace);
        metadata.setLabels(Map.of(LABEL, "true"));
        object.setMetadata(metadata);
        return object;
    }

    /**
     * One instance, recovered from the object store. It has no plugin, so that it never archives into the live
     * cluster's place.
     */
    static GenericKubernetesResource cluster(GenericKubernetesResource source, RestorePlan plan)
            throws DrillStepException {
        Map<String, Object> from = spec(source);
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("instances", 1);
        for (String name : TAKEN) {
            Optional.ofNullable(from.get(name)).ifPresent(value -> spec.put(name, value));
        }
        Map<String, Object> postgresql = map(from.get("postgresql"));
        postgresql.keySet().retainAll(List.of("parameters", "shared_preload_libraries"));
        if (!postgresql.isEmpty()) {
            spec.put("postgresql", postgresql);
        }
        spec.put("bootstrap", Map.of("recovery", recovery(from, plan)));
        Map<String, Object> archiver = archiver(source);
        Map<String, Object> parameters = map(archiver.get("parameters"));
        parameters.putIfAbsent("serverName", source.getMetadata().getName());
        spec.put(
                "externalClusters",
                List.of(Map.of(
                        "name",
                        "origin",
                        "plugin",
                        Map.of("name", String.valueOf(archiver.get("name")), "parameters", parameters))));
        GenericKubernetesResource cluster =
                named(DrillKind.CLUSTER, source.getMetadata().getName(), plan.into());
        cluster.setAdditionalProperty("spec", spec);
        return cluster;
    }

    private static Map<String, Object> recovery(Map<String, Object> from, RestorePlan plan) {
        Map<String, Object> recovery = new LinkedHashMap<>();
        recovery.put("source", "origin");
        // However the live one was made: the operator gives this role the new secret's password.
        for (Object made : map(from.get("bootstrap")).values()) {
            for (String name : List.of("database", "owner")) {
                Optional.ofNullable(map(made).get(name)).ifPresent(value -> recovery.put(name, value));
            }
        }
        plan.targetTime().ifPresent(time -> recovery.put("recoveryTarget", Map.of("targetTime", time.toString())));
        return recovery;
    }

    /**
     * One pod of the API, without its sidecar and without a service account: it has the restored database and nothing
     * else.
     */
    static GenericKubernetesResource api(GenericKubernetesResource source, String into) throws DrillStepException {
        Map<String, Object> spec = spec(source);
        Map<String, Object> template = map(spec.get("template"));
        Map<String, Object> pod = map(template.get("spec"));
        List<Map<String, Object>> initial = each(pod.get("initContainers"))
                .filter(container -> !"Always".equals(container.get("restartPolicy")))
                .toList();
        List<Map<String, Object>> containers = each(pod.get("containers")).toList();
        Set<String> mounted = new TreeSet<>();
        Stream.concat(initial.stream(), containers.stream())
                .flatMap(container -> each(container.get("volumeMounts")))
                .forEach(mount -> mounted.add(String.valueOf(mount.get("name"))));
        pod.put("initContainers", initial);
        pod.put(
                "volumes",
                each(pod.get("volumes"))
                        .filter(volume -> mounted.contains(String.valueOf(volume.get("name"))))
                        .toList());
        pod.remove("serviceAccountName");
        pod.remove("serviceAccount");
        pod.put("automountServiceAccountToken", false);
        template.put("spec", pod);
        spec.put("template", template);
        spec.put("replicas", 1);
        GenericKubernetesResource api =
                named(DrillKind.DEPLOYMENT, source.getMetadata().getName(), into);
        api.setAdditionalProperty("spec", spec);
        return api;
    }

    /** A service of the API's copy at port 80, which leads to the first port that a container of it names. */
    static GenericKubernetesResource service(GenericKubernetesResource deployment, String into)
            throws DrillStepException {
        Map<String, Object> spec = spec(deployment);
        Object port = each(map(map(spec.get("template")).get("spec")).get("containers"))
                .flatMap(container -> each(container.get("ports")))
                .map(open -> open.get("containerPort"))
                .findFirst()
                .orElseThrow(() -> new DrillStepException("no container of the API's Deployment names a port"));
        List<Map<String, Object>> ports = new ArrayList<>();
        ports.add(Map.of("name", "http", "port", 80, "targetPort", port));
        GenericKubernetesResource service =
                named(DrillKind.SERVICE, deployment.getMetadata().getName(), into);
        service.setAdditionalProperty(
                "spec", Map.of("selector", map(map(spec.get("selector")).get("matchLabels")), "ports", ports));
        return service;
    }

    /** What the operator says of a cluster's state. */
    static String phase(GenericKubernetesResource cluster) {
        Map<String, Object> status = map(cluster.getAdditionalProperties().get("status"));
        return String.valueOf(status.getOrDefault("phase", "no phase yet"));
    }

    /** A count in an object's status; 0 where it says none. */
    static int count(GenericKubernetesResource object, String name) {
        return map(object.getAdditionalProperties().get("status")).get(name) instanceof Number number
                ? number.intValue()
                : 0;
    }
}
