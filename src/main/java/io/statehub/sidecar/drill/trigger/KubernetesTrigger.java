package io.statehub.sidecar.drill.trigger;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.time.TimeSource;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is done to a cluster of the operator's through Kubernetes. Everything is asked for by name: it lists and watches
 * nothing.
 */
public final class KubernetesTrigger implements Trigger {

    /** What is done. */
    public enum Fault {
        /** The primary's pod is deleted. */
        DELETE_PRIMARY_POD("kubernetes:delete-primary-pod"),
        /** The same, and its node takes no pods until the end: the loss of a node in miniature. */
        CORDON_AND_DELETE("kubernetes:cordon-and-delete"),
        /** The operator is asked to promote a standby, by what its own plugin for kubectl writes. */
        SWITCHOVER("cnpg:switchover");

        private final String label;

        Fault(String label) {
            this.label = label;
        }

        /** As it is typed. */
        public String label() {
            return label;
        }
    }

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final String CORDON = "cordon of node ";

    static final ResourceDefinitionContext PODS = new ResourceDefinitionContext.Builder()
            .withVersion("v1")
            .withKind("Pod")
            .withPlural("pods")
            .withNamespaced(true)
            .build();
    private static final ResourceDefinitionContext NODES = new ResourceDefinitionContext.Builder()
            .withVersion("v1")
            .withKind("Node")
            .withPlural("nodes")
            .withNamespaced(false)
            .build();
    private static final ResourceDefinitionContext CLUSTERS = new ResourceDefinitionContext.Builder()
            .withGroup("postgresql.cnpg.io")
            .withVersion("v1")
            .withKind("Cluster")
            .withPlural("clusters")
            .withNamespaced(true)
            .build();

    private final Fault fault;
    private final Supplier<KubernetesClient> client;
    private final Optional<String> namespace;
    private final String cluster;
    private final TimeSource time;

    /**
     * Asks for nothing yet.
     *
     * @param client made only when it is needed
     * @param namespace of the cluster; the client's own if empty
     * @param cluster its name
     */
    public KubernetesTrigger(
            Fault fault,
            Supplier<KubernetesClient> client,
            Optional<String> namespace,
            String cluster,
            TimeSource time) {
        this.fault = fault;
        this.client = client;
        this.namespace = namespace;
        this.cluster = cluster;
        this.time = time;
    }

    @Override
    public String described() {
        return fault.label() + " of cluster " + cluster;
    }

    @Override
    public void check() throws DrillException {
        GenericKubernetesResource found = found();
        switch (fault) {
            case DELETE_PRIMARY_POD -> primary(found);
            case CORDON_AND_DELETE -> node(primary(found));
            case SWITCHOVER -> standby(found);
        }
    }

    @Override
    public String fire(Undos undos) throws DrillException, IOException {
        try {
            GenericKubernetesResource found = found();
            String primary = primary(found);
            return switch (fault) {
                case DELETE_PRIMARY_POD -> deleted(primary);
                case CORDON_AND_DELETE -> {
                    String node = node(primary);
                    undos.toBeUndone(CORDON + node);
                    schedulable(node, false);
                    yield "node " + node + " takes no pods; " + deleted(primary);
                }
                case SWITCHOVER -> promoted(standby(found));
            };
        } catch (KubernetesClientException e) {
            throw KubernetesFailure.ofChange(e);
        }
    }

    private String in() {
        return namespace.orElseGet(() -> client.get().getNamespace());
    }

    private GenericKubernetesResource found() throws DrillException {
        try {
            GenericKubernetesResource found = client.get()
                    .genericKubernetesResources(CLUSTERS)
                    .inNamespace(in())
                    .withName(cluster)
                    .get();
            if (found == null) {
                throw new DrillException("there is no cluster " + cluster + " in namespace " + in());
            }
            return found;
        } catch (KubernetesClientException e) {
            throw KubernetesFailure.ofQuestion(e);
        }
    }

    private String primary(GenericKubernetesResource found) throws DrillException {
        Object primary = found.get("status", "currentPrimary");
        if (primary == null) {
            throw new DrillException("cluster " + cluster + " names no primary (status.currentPrimary)");
        }
        return primary.toString();
    }

    private String standby(GenericKubernetesResource found) throws DrillException {
        String primary = primary(found);
        Object healthy = found.get("status", "instancesStatus", "healthy");
        if (healthy instanceof List<?> names) {
            Optional<String> standby = names.stream()
                    .map(String::valueOf)
                    .filter(name -> !name.equals(primary))
                    .sorted()
                    .findFirst();
            if (standby.isPresent()) {
                return standby.get();
            }
        }
        throw new DrillException(
                "cluster " + cluster + " has no healthy standby to promote (status.instancesStatus.healthy)");
    }

    private String node(String pod) throws DrillException {
        try {
            GenericKubernetesResource found = client.get()
                    .genericKubernetesResources(PODS)
                    .inNamespace(in())
                    .withName(pod)
                    .get();
            Object node = found == null ? null : found.get("spec", "nodeName");
            if (node == null) {
                throw new DrillException("pod " + pod + " is on no node");
            }
            GenericKubernetesResource on = client.get()
                    .genericKubernetesResources(NODES)
                    .withName(node.toString())
                    .get();
            if (on != null && Boolean.TRUE.equals(on.get("spec", "unschedulable"))) {
                throw new DrillException(
                        "node " + node + " is cordoned already: whoever did that would find it undone");
            }
            return node.toString();
        } catch (KubernetesClientException e) {
            throw KubernetesFailure.ofQuestion(e);
        }
    }

    private String deleted(String pod) {
        client.get()
                .genericKubernetesResources(PODS)
                .inNamespace(in())
                .withName(pod)
                .delete();
        return "pod " + pod + " deleted";
    }

    private void schedulable(String node, boolean allowed) {
        JsonObject patch = JSON.createObjectBuilder()
                .add("spec", JSON.createObjectBuilder().add("unschedulable", allowed ? JsonValue.NULL : JsonValue.TRUE))
                .build();
        client.get().genericKubernetesResources(NODES).withName(node).patch(MERGE, patch.toString());
    }

    private String promoted(String standby) {
        Instant now = time.now().wallClock().truncatedTo(ChronoUnit.MICROS);
        JsonObject patch = JSON.createObjectBuilder()
                .add(
                        "status",
                        JSON.createObjectBuilder()
                                .add("targetPrimary", standby)
                                .add("targetPrimaryTimestamp", now.toString())
                                .add("phase", "Switchover in progress")
                                .add("phaseReason", "Switching over to " + standby))
                .build();
        client.get()
                .genericKubernetesResources(CLUSTERS)
                .inNamespace(in())
                .withName(cluster)
                .subresource("status")
                .patch(MERGE, patch.toString());
        return "the operator was asked to promote " + standby;
    }

    @Override
    public Optional<String> undo(String what) {
        if (!what.startsWith(CORDON)) {
            return Trigger.super.undo(what);
        }
        try {
            schedulable(what.substring(CORDON.length()), true);
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(e.getMessage() + "; by hand: kubectl uncordon " + what.substring(CORDON.length()));
        }
    }
}
