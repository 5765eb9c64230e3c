package io.statehub.sidecar.drill.trigger;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.statehub.sidecar.drill.DrillException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The API's Deployment, asked for by its name, and its pods, by its own selector. */
public final class KubernetesDeployment {

    private static final ResourceDefinitionContext DEPLOYMENTS = new ResourceDefinitionContext.Builder()
            .withGroup("apps")
            .withVersion("v1")
            .withKind("Deployment")
            .withPlural("deployments")
            .withNamespaced(true)
            .build();

    private final Supplier<KubernetesClient> client;
    private final Optional<String> namespace;
    private final String name;

    /**
     * Asks for nothing yet.
     *
     * @param client made only when it is needed
     * @param namespace the client's own if empty
     */
    public KubernetesDeployment(Supplier<KubernetesClient> client, Optional<String> namespace, String name) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
    }

    public String name() {
        return name;
    }

    private String in() {
        return namespace.orElseGet(() -> client.get().getNamespace());
    }

    /**
     * How it is now.
     *
     * @throws DrillException if it is not there, or Kubernetes can't be asked
     */
    public DeploymentState state() throws DrillException {
        try {
            GenericKubernetesResource found = client.get()
                    .genericKubernetesResources(DEPLOYMENTS)
                    .inNamespace(in())
                    .withName(name)
                    .get();
            if (found == null) {
                throw new DrillException("there is no Deployment " + name + " in namespace " + in());
            }
            return state(found, pods(selector(found)));
        } catch (KubernetesClientException e) {
            throw KubernetesFailure.ofQuestion(e);
        }
    }

    private String selector(GenericKubernetesResource found) throws DrillException {
        Object labels = found.get("spec", "selector", "matchLabels");
        if (found.get("spec", "selector", "matchExpressions") != null
                || !(labels instanceof Map<?, ?> wanted)
                || wanted.isEmpty()) {
            throw new DrillException(
                    "Deployment " + name + " must select its pods by matchLabels alone (spec.selector)");
        }
        return wanted.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .collect(Collectors.joining(","));
    }

    private List<GenericKubernetesResource> pods(String selector) {
        return client.get()
                .genericKubernetesResources(KubernetesTrigger.PODS)
                .inNamespace(in())
                .withLabelSelector(selector)
                .list()
                .getItems();
    }

    private static DeploymentState state(GenericKubernetesResource found, List<GenericKubernetesResource> pods) {
        List<String> ready = new ArrayList<>();
        Map<String, Long> restarts = new TreeMap<>();
        int ending = 0;
        for (GenericKubernetesResource pod : pods) {
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                ending++;
                continue;
            }
            restarts.put(pod.getMetadata().getName() + " (" + pod.getMetadata().getUid() + ")", restarts(pod));
            if (ready(pod)) {
                ready.add(pod.getMetadata().getName());
            }
        }
        ready.sort(null);
        Long generation = found.getMetadata().getGeneration();
        long wanted = number(found.get("spec", "replicas"), 1);
        return new DeploymentState(
                generation == null ? 0 : generation,
                (int) wanted,
                ready,
                ending,
                rolledOut(found, generation == null ? 0 : generation, wanted),
                restarts);
    }

    private static boolean rolledOut(GenericKubernetesResource found, long generation, long wanted) {
        return number(found.get("status", "observedGeneration"), 0) >= generation
                && number(found.get("status", "replicas"), 0) == wanted
                && number(found.get("status", "updatedReplicas"), 0) == wanted
                && number(found.get("status", "availableReplicas"), 0) == wanted;
    }

    private static boolean ready(GenericKubernetesResource pod) {
        return pod.get("status", "conditions") instanceof List<?> conditions
                && conditions.stream()
                        .anyMatch(each -> each instanceof Map<?, ?> condition
                                && "Ready".equals(condition.get("type"))
                                && "True".equals(condition.get("status")));
    }

    private static long restarts(GenericKubernetesResource pod) {
        return pod.get("status", "containerStatuses") instanceof List<?> containers
                ? containers.stream()
                        .mapToLong(each ->
                                each instanceof Map<?, ?> container ? number(container.get("restartCount"), 0) : 0)
                        .sum()
                : 0;
    }

    private static long number(@Nullable Object value, long otherwise) {
        return value instanceof Number number ? number.longValue() : otherwise;
    }

    /** Deletes a pod, as {@code kubectl delete pod} does. */
    void delete(String pod) throws DrillException {
        try {
            client.get()
                    .genericKubernetesResources(KubernetesTrigger.PODS)
                    .inNamespace(in())
                    .withName(pod)
                    .delete();
        } catch (KubernetesClientException e) {
            throw KubernetesFailure.ofChange(e);
        }
    }
}
