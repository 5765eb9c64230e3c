package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.kubernetes.Robustness;
import io.statehub.sidecar.observation.kubernetes.VolumeState;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What can be wrong with the volumes that the cluster lives on. */
final class StorageRules {

    private static final String SOUND = "healthy";

    private StorageRules() {}

    static void check(KubernetesView view, Findings findings) {
        List<InstanceVolume> volumes = view.volumes();
        long away = volumes.stream()
                .filter(StorageRules::detached)
                .map(InstanceVolume::instance)
                .distinct()
                .count();
        Declared declared = view.declared();
        // Of a detached volume nobody knows anything, and an instance that is stopped by design has its own detached.
        boolean byDesign = declared.stopped() || (declared.maintenance() && away == 1);
        volumes.stream()
                .filter(volume -> !declared.hibernated() && !(byDesign && detached(volume)))
                .forEach(volume -> check(volume, view, findings));
    }

    private static boolean detached(InstanceVolume volume) {
        return volume.volume().state().equals("detached") && volume.robustness() == Robustness.UNKNOWN;
    }

    private static void check(InstanceVolume joined, KubernetesView view, Findings findings) {
        VolumeState volume = joined.volume();
        String subject = joined.subject();
        switch (joined.robustness()) {
            case HEALTHY -> {}
            case DEGRADED -> findings.add(FindingKind.VOLUME_DEGRADED, subject, "Longhorn calls it degraded", SOUND);
            case FAULTED -> {
                findings.add(FindingKind.VOLUME_FAULTED, subject, "Longhorn calls it faulted", SOUND);
                // It is detached, and no engine has anything to tell of it.
                return;
            }
            case UNKNOWN ->
                findings.add(
                        FindingKind.VOLUME_UNKNOWN,
                        subject,
                        "Longhorn calls it '" + volume.robustness() + "', its state is '" + volume.state() + "'",
                        SOUND);
        }
        if (joined.missing().orElse(0) > 0) {
            findings.add(
                    FindingKind.VOLUME_NOT_REDUNDANT,
                    subject,
                    joined.wholeReplicas().orElseThrow() + " whole replicas, called " + volume.robustness(),
                    volume.replicas().orElseThrow() + " replicas");
        } else if (joined.missing().isEmpty()
                && view.known(view.state().engines()).isPresent()) {
            findings.add(
                    FindingKind.VOLUME_UNKNOWN,
                    subject,
                    "no engine tells of its replicas",
                    "an engine that knows each replica");
        }
        sharedNode(joined)
                .ifPresent(node -> findings.add(
                        FindingKind.REPLICAS_SHARE_NODE,
                        subject,
                        "more than one replica on node " + node,
                        "1 on each node"));
    }

    private static Optional<String> sharedNode(InstanceVolume volume) {
        HashSet<String> seen = new HashSet<>();
        return volume.replicaNodes().stream().filter(node -> !seen.add(node)).findFirst();
    }
}
