package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.kubernetes.Robustness;
import io.statehub.sidecar.observation.kubernetes.VolumeState;
import java.util.List;
import java.util.OptionalInt;

/**
 * A volume with the instance that uses it.
 *
 * @param use what is kept there: {@code data}, {@code log}, or the name of a tablespace
 * @param wholeReplicas how many of its replicas are whole and written to; empty if no engine tells
 * @param replicaNodes the node of each of its replicas that has not failed, where that is known
 */
public record InstanceVolume(
        String instance, String use, VolumeState volume, OptionalInt wholeReplicas, List<String> replicaNodes) {
    public InstanceVolume {
        replicaNodes = List.copyOf(replicaNodes);
    }

    /** What findings on it are about. */
    public String subject() {
        return instance + " volume " + volume.name();
    }

    /** What Longhorn calls it. */
    public Robustness robustness() {
        return Robustness.of(volume.robustness());
    }

    /** How many replicas it lacks; empty if that is unknown. */
    public OptionalInt missing() {
        return wholeReplicas.isPresent() && volume.replicas().isPresent()
                ? OptionalInt.of(Math.max(0, volume.replicas().getAsInt() - wholeReplicas.getAsInt()))
                : OptionalInt.empty();
    }
}
