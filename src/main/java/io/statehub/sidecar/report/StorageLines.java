package io.statehub.sidecar.report;

import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.InstanceVolume;
import io.statehub.sidecar.assessment.KubernetesView;
import io.statehub.sidecar.observation.kubernetes.PodState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every volume of the database. */
final class StorageLines {

    private StorageLines() {}

    static ReportSection of(Optional<KubernetesView> kubernetes, FindingLines findings) {
        List<ReportLine> lines = new ArrayList<>();
        if (kubernetes.isEmpty()) {
            lines.add(ReportAssembly.notAsked("volumes"));
            return new ReportSection("Storage", lines);
        }
        KubernetesView view = kubernetes.get();
        for (InstanceVolume volume : view.volumes()) {
            String subject = volume.subject();
            lines.add(findings.line(
                    subject,
                    Optional.of(described(volume)),
                    FindingLines.on(subject)
                            .and(FindingLines.of(
                                    FindingKind.VOLUME_FAULTED,
                                    FindingKind.VOLUME_DEGRADED,
                                    FindingKind.VOLUME_UNKNOWN,
                                    FindingKind.VOLUME_NOT_REDUNDANT,
                                    FindingKind.REPLICAS_SHARE_NODE))));
        }
        for (PodState pod : view.instancePods()) {
            if (view.volumes().stream().noneMatch(volume -> volume.instance().equals(pod.name()))) {
                lines.add(new ReportLine(
                        pod.name() + " volume", CheckResult.UNKNOWN, "no Longhorn volume of it is known"));
            }
        }
        if (lines.isEmpty()) {
            lines.add(new ReportLine("volumes", CheckResult.UNKNOWN, "no instance is known"));
        }
        return new ReportSection("Storage", lines);
    }

    private static String described(InstanceVolume volume) {
        String whole = volume.wholeReplicas().isPresent()
                ? String.valueOf(volume.wholeReplicas().getAsInt())
                : "an unknown number";
        String asked = volume.volume().replicas().isPresent()
                ? String.valueOf(volume.volume().replicas().getAsInt())
                : "an unknown number";
        return whole + " of " + asked + " replicas whole"
                + (volume.replicaNodes().isEmpty() ? "" : ", on " + String.join(", ", volume.replicaNodes()))
                + "; Longhorn calls it " + volume.volume().robustness();
    }
}
