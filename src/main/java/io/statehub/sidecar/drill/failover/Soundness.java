package io.statehub.sidecar.drill.failover;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Finding;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.assessment.Status;
import java.util.ArrayList;
import java.util.List;

/** Whether a cluster can bear a drill. */
final class Soundness {

    private Soundness() {}

    /** What speaks against it: any finding above degraded, no primary that leads alone, or too few standbys. */
    static List<String> obstacles(Assessment assessment, int expectedStandbys) {
        List<String> obstacles = new ArrayList<>();
        for (Finding finding : assessment.findings()) {
            if (finding.kind().impact().compareTo(Status.DEGRADED) > 0) {
                obstacles.add(finding.kind().title() + ": " + finding.message());
            }
        }
        long primaries = primaries(assessment).size();
        if (primaries != 1) {
            obstacles.add("there must be one primary; seen: " + primaries);
        }
        int streaming = streaming(assessment);
        if (streaming < expectedStandbys) {
            obstacles.add("standbys that stream: " + streaming + "; expected: " + expectedStandbys);
        }
        return obstacles;
    }

    static List<MemberView> primaries(Assessment assessment) {
        return assessment.cluster().members().stream()
                .filter(MemberView::isPrimary)
                .toList();
    }

    static int streaming(Assessment assessment) {
        return (int) assessment.cluster().members().stream()
                .filter(MemberView::streaming)
                .count();
    }
}
