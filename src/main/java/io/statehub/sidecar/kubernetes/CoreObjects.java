package io.statehub.sidecar.kubernetes;

import io.statehub.sidecar.observation.kubernetes.ClaimState;
import io.statehub.sidecar.observation.kubernetes.LeaseState;
import io.statehub.sidecar.observation.kubernetes.NodeState;
import io.statehub.sidecar.observation.kubernetes.PodState;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The kinds of objects that every Kubernetes has. */
final class CoreObjects {

    private static final String ROLE_LABEL = "node-role.kubernetes.io/";
    private static final String INSTANCE_LABEL = "cnpg.io/instanceName";

    static final ObjectKind<NodeState> NODES =
            ObjectKind.of(WatchedResource.NODES, "", "v1", "Node", "nodes", false, CoreObjects::node);
    static final ObjectKind<PodState> INSTANCE_PODS =
            ObjectKind.of(WatchedResource.INSTANCE_PODS, "", "v1", "Pod", "pods", true, CoreObjects::pod);
    static final ObjectKind<PodState> API_PODS =
            ObjectKind.of(WatchedResource.API_PODS, "", "v1", "Pod", "pods", true, CoreObjects::pod);
    static final ObjectKind<ClaimState> CLAIMS = ObjectKind.of(
            WatchedResource.CLAIMS,
            "",
            "v1",
            "PersistentVolumeClaim",
            "persistentvolumeclaims",
            true,
            CoreObjects::claim);
    static final ObjectKind<LeaseState> LEASES = ObjectKind.of(
            WatchedResource.LEASE, "coordination.k8s.io", "v1", "Lease", "leases", true, CoreObjects::lease);

    private CoreObjects() {}

    private static List<NodeState> node(ObjectFields object) {
        ObjectFields metadata = object.in("metadata");
        ObjectFields status = object.in("status");
        Map<String, String> labels = metadata.textsByName("labels");
        return List.of(new NodeState(
                metadata.requiredText("name"),
                status.conditions(),
                labels.keySet().stream()
                        .filter(label -> label.startsWith(ROLE_LABEL))
                        .map(label -> label.substring(ROLE_LABEL.length()))
                        .toList(),
                status.in("nodeInfo").text("kubeletVersion"),
                !object.in("spec").flag("unschedulable"),
                status.textsByName("allocatable")));
    }

    private static List<PodState> pod(ObjectFields object) {
        ObjectFields metadata = object.in("metadata");
        ObjectFields spec = object.in("spec");
        ObjectFields status = object.in("status");
        return List.of(new PodState(
                metadata.requiredText("name"),
                spec.optionalText("nodeName"),
                status.optionalText("podIP"),
                postgresPort(spec),
                status.text("phase"),
                metadata.optionalText("deletionTimestamp").isPresent(),
                status.conditions()));
    }

    private static OptionalInt postgresPort(ObjectFields spec) {
        return spec
                .objects(
                        "containers",
                        container -> container.objects(
                                "ports",
                                port -> port.text("name").equals("postgresql")
                                        ? port.integer("containerPort")
                                        : OptionalInt.empty()))
                .stream()
                .flatMap(List::stream)
                .flatMap(port -> port.isPresent() ? Stream.of(port) : Stream.empty())
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    private static List<ClaimState> claim(ObjectFields object) {
        ObjectFields metadata = object.in("metadata");
        return List.of(new ClaimState(
                metadata.requiredText("name"),
                metadata.text("namespace"),
                metadata.in("labels").optionalText(INSTANCE_LABEL),
                use(metadata.in("labels"))));
    }

    private static String use(ObjectFields labels) {
        String role = labels.text("cnpg.io/pvcRole");
        return switch (role) {
            // Without a label it is of an operator that knew no other role.
            case "", "PG_DATA" -> ClaimState.DATA;
            case "PG_WAL" -> ClaimState.LOG;
            default -> labels.optionalText("cnpg.io/tablespaceName").orElse(role);
        };
    }

    private static List<LeaseState> lease(ObjectFields object) {
        ObjectFields spec = object.in("spec");
        OptionalInt seconds = spec.integer("leaseDurationSeconds");
        return List.of(new LeaseState(
                object.in("metadata").requiredText("name"),
                spec.optionalText("holderIdentity"),
                spec.time("renewTime"),
                seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsInt())) : Optional.empty()));
    }
}
