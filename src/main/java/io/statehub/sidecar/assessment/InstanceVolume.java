package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.kubernetes.VolumeState;
import java.util.List;
import java.util.OptionalInt;

/**
 * A volume with the instance that uses it.
 *
 * @param wholeReplicas how many of its replicas are whole and written to; empty if no engine tells
 * @param replicaNodes the node of each of its replicas, where that is known
 */
public record InstanceVolume(
        String instance, VolumeState volume, OptionalInt wholeReplicas, List<String> replicaNodes) {
    public InstanceVolume {
        replicaNodes = List.copyOf(replicaNodes);
    }

    /** How many replicas it lacks; empty if that can't be told. */
    public OptionalInt missing() {
        return wholeReplicas.isPresent() && volume.replicas().isPresent()
                ? OptionalInt.of(Math.max(0, volume.replicas().getAsInt() - wholeReplicas.getAsInt()))
                : OptionalInt.empty();
    }
}
