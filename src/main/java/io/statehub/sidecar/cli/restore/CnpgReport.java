package io.statehub.sidecar.cli.restore;

import io.statehub.sidecar.drill.restore.Origin;
import io.statehub.sidecar.drill.restore.RestoreReport;
import io.statehub.sidecar.evidence.Attachment;
import io.statehub.sidecar.evidence.EvidenceDraft;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.kubernetes.restore.RestoreOutcome;
import io.statehub.sidecar.kubernetes.restore.RestoreOutcome.RestoreVerdict;
import io.statehub.sidecar.observation.SystemIdentifier;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a restore drill on Kubernetes.
 *
 * @param manifest of the manifest that it was compared with
 * @param told what was said of its steps, a line each
 * @param compared the restored database beside its manifest; empty if it did not come to that
 */
record CnpgReport(Origin manifest, RestoreOutcome outcome, List<String> told, Optional<RestoreReport> compared) {

    private static final int UNDECIDED = 3;

    CnpgReport {
        told = List.copyOf(told);
    }

    /** That of any drill; one that passed and leaves something behind that it should not has not ended well. */
    int exitCode(boolean keep) {
        return switch (outcome.verdict()) {
            case PASSED -> keep || outcome.stays().isEmpty() ? 0 : UNDECIDED;
            case FAILED -> 1;
            case NOT_BEGUN -> Manifests.NOT_RUN;
            case UNDECIDED, STOPPED -> UNDECIDED;
        };
    }

    /** What is to be filed; nothing of one that could not be begun. */
    Optional<EvidenceDraft> draft(Instant at, Path manifestFile) {
        return outcome.verdict() == RestoreVerdict.NOT_BEGUN ? Optional.empty() : Optional.of(filed(at, manifestFile));
    }

    private EvidenceDraft filed(Instant at, Path manifestFile) {
        List<Attachment> attachments = new ArrayList<>();
        attachments.add(Attachment.text("steps.txt", String.join("\n", told) + "\n"));
        compared.ifPresentOrElse(
                report -> attachments.addAll(RestoreVerification.attachments(report, manifestFile)),
                () -> attachments.add(Attachment.file("manifest.json", manifestFile)));
        return new EvidenceDraft(
                EvidenceKind.RESTORE_DRILL,
                at,
                Optional.of(new SystemIdentifier(Long.parseUnsignedLong(manifest.systemIdentifier()))),
                switch (outcome.verdict()) {
                    case PASSED -> EvidenceVerdict.PASSED;
                    case FAILED -> EvidenceVerdict.FAILED;
                    case UNDECIDED, NOT_BEGUN -> EvidenceVerdict.UNDECIDED;
                    case STOPPED -> EvidenceVerdict.INCOMPLETE;
                },
                shortened("restore of " + manifest.database() + " on Kubernetes: " + summary()),
                Map.of("manifestTakenAt", manifest.takenAt().toString()),
                attachments);
    }

    private String summary() {
        return outcome.failed()
                .map(step -> step.step() + ": " + step.said())
                .or(() -> compared.map(RestoreReport::summary))
                .orElse("verified");
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), EvidenceDraft.LONGEST));
    }
}
