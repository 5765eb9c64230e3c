package io.statehub.sidecar.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks objects against what their kinds have; a field that their kind doesn't have is a fault. */
final class StrictSchema {

    private static final Map<String, Class<?>> BUILT_IN = Map.ofEntries(
            entry("Namespace", Namespace.class),
            entry("ConfigMap", ConfigMap.class),
            entry("Service", Service.class),
            entry("ServiceAccount", ServiceAccount.class),
            entry("Deployment", Deployment.class),
            entry("Job", Job.class),
            entry("CronJob", CronJob.class),
            entry("PriorityClass", PriorityClass.class),
            entry("PersistentVolumeClaim", PersistentVolumeClaim.class),
            entry("NetworkPolicy", NetworkPolicy.class),
            entry("PodDisruptionBudget", PodDisruptionBudget.class),
            entry("ClusterRole", ClusterRole.class),
            entry("ClusterRoleBinding", ClusterRoleBinding.class),
            entry("Role", Role.class),
            entry("RoleBinding", RoleBinding.class));

    private final ObjectMapper strict = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new WithoutCatchAll());
    private final Map<String, Map<String, String>> custom = custom();

    /** The models keep what they don't know in a map of its own; here there is none. */
    private static final class WithoutCatchAll extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    /** What is wrong with it; nothing if all is as it should be. */
    List<String> faults(Map<String, Object> object) {
        String kind = String.valueOf(object.get("kind"));
        List<String> faults = new ArrayList<>();
        if (BUILT_IN.containsKey(kind)) {
            convert(object, requireNonNull(BUILT_IN.get(kind)), kind, faults);
        } else if (custom.containsKey(kind)) {
            convert(requireNonNull(object.get("metadata")), ObjectMeta.class, kind + " metadata", faults);
            check("spec", requireNonNull(object.get("spec")), requireNonNull(custom.get(kind)), kind, faults);
            object.keySet().stream()
                    .filter(field ->
                            !List.of("apiVersion", "kind", "metadata", "spec").contains(field))
                    .forEach(field -> faults.add(kind + ": " + field + " is no field of it"));
        } else {
            faults.add("no schema is known of the kind " + kind);
        }
        return faults;
    }

    private void convert(Object object, Class<?> type, String what, List<String> faults) {
        try {
            strict.convertValue(object, type);
        } catch (IllegalArgumentException e) {
            faults.add(what + ": " + e.getMessage());
        }
    }

    private static void check(String path, Object value, Map<String, String> known, String kind, List<String> faults) {
        if (value instanceof Map<?, ?> object) {
            object.forEach((key, inner) -> {
                boolean open = known.keySet().stream().anyMatch(field -> field.startsWith(path + ".*"));
                check(open ? path + ".*" : path + "." + key, inner, known, kind, faults);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(element -> check(path + "[]", element, known, kind, faults));
        } else if (!known.containsKey(path)) {
            faults.add(kind + ": " + path + " is no field of it");
        } else if (!fits(value, requireNonNull(known.get(path)))) {
            faults.add(kind + ": " + path + " is '" + value + "', and must be " + known.get(path));
        }
    }

    private static boolean fits(Object value, String type) {
        boolean fits = switch (type.replaceAll(" .*", "")) {
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Integer;
            case "boolean" -> value instanceof Boolean;
            case "string-or-integer" -> value instanceof String || value instanceof Integer;
            default -> false;
        };
        return fits
                && (!type.contains("(")
                        || List.of(type.replaceAll(".*\\((.*)\\)", "$1").split(", ", -1))
                                .contains(String.valueOf(value)));
    }

    /** By kind, the type of each field by its path. */
    private static Map<String, Map<String, String>> custom() {
        Map<String, Map<String, String>> custom = new TreeMap<>();
        try (InputStream in = requireNonNull(StrictSchema.class.getResourceAsStream("custom-resources.txt"))) {
            new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(line -> {
                        String kind = line.replaceAll(" .*", "");
                        String field = line.substring(kind.length() + 1);
                        int colon = field.indexOf(": ");
                        custom.computeIfAbsent(kind, ignored -> new TreeMap<>())
                                .put(field.substring(0, colon), field.substring(colon + 2));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return custom;
    }
}
