package io.statehub.sidecar.kubernetes;

import io.statehub.sidecar.observation.kubernetes.EngineState;
import io.statehub.sidecar.observation.kubernetes.ReplicaState;
import io.statehub.sidecar.observation.kubernetes.VolumeState;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import java.util.List;

/** The kinds of objects of Longhorn. */
final class LonghornObjects {

    private static final String GROUP = "longhorn.io";
    private static final String VERSION = "v1beta2";

    static final ObjectKind<VolumeState> VOLUMES =
            ObjectKind.of(WatchedResource.VOLUMES, GROUP, VERSION, "Volume", "volumes", true, LonghornObjects::volume);
    static final ObjectKind<EngineState> ENGINES =
            ObjectKind.of(WatchedResource.ENGINES, GROUP, VERSION, "Engine", "engines", true, LonghornObjects::engine);
    static final ObjectKind<ReplicaState> REPLICAS = ObjectKind.of(
            WatchedResource.REPLICAS, GROUP, VERSION, "Replica", "replicas", true, LonghornObjects::replica);

    private LonghornObjects() {}

    private static List<VolumeState> volume(ObjectFields object) {
        ObjectFields status = object.in("status");
        ObjectFields usedBy = status.in("kubernetesStatus");
        return List.of(new VolumeState(
                object.in("metadata").requiredText("name"),
                usedBy.optionalText("pvcName").map(claim -> usedBy.text("namespace") + "/" + claim),
                status.text("state"),
                status.text("robustness"),
                object.in("spec").integer("numberOfReplicas")));
    }

    private static List<EngineState> engine(ObjectFields object) {
        return List.of(new EngineState(
                object.in("metadata").requiredText("name"),
                object.in("spec").text("volumeName"),
                object.in("status").textsByName("replicaModeMap")));
    }

    private static List<ReplicaState> replica(ObjectFields object) {
        ObjectFields spec = object.in("spec");
        return List.of(new ReplicaState(
                object.in("metadata").requiredText("name"),
                spec.text("volumeName"),
                spec.optionalText("nodeID"),
                spec.optionalText("failedAt").isPresent() || !spec.flag("active", true)));
    }
}
