package io.statehub.sidecar.cli.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.drill.restore.AsOf;
import io.statehub.sidecar.drill.restore.ComparisonResult;
import io.statehub.sidecar.drill.restore.Difference;
import io.statehub.sidecar.drill.restore.Manifests;
import io.statehub.sidecar.drill.restore.Origin;
import io.statehub.sidecar.drill.restore.RestoreReport;
import io.statehub.sidecar.evidence.EvidenceDraft;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestoreVerificationTest {

    private static final Origin ORIGIN = Manifests.manifest().build().origin();
    private static final Optional<String> LIVE = Optional.of("it answers at pg-1:5432, which the settings name");

    private static EvidenceDraft filed(Optional<String> live, Difference... differences) {
        RestoreReport report = new RestoreReport(
                ORIGIN,
                ORIGIN,
                AsOf.SAME,
                new ComparisonResult(List.of(differences), List.of(), List.of(), 1, 3, 3),
                List.of());
        return RestoreVerification.draft(report, live, Instant.EPOCH, Path.of("manifest.json"));
    }

    @Test
    void aDatabaseThatWasRestoredAndIsTheSamePasses() {
        assertThat(filed(Optional.empty()).verdict()).isEqualTo(EvidenceVerdict.PASSED);
        assertThat(filed(Optional.empty()).summary()).startsWith("restore of state: SAME");
    }

    @Test
    void theLiveClusterIsNoEvidenceOfARestoreHoweverMuchItIsTheSame() {
        assertThat(filed(LIVE).verdict()).isEqualTo(EvidenceVerdict.UNDECIDED);
        assertThat(filed(LIVE).summary())
                .startsWith("nothing was restored, the live cluster was verified: state: SAME");
    }

    @Test
    void aDifferenceIsOneInTheLiveClusterToo() {
        assertThat(filed(LIVE, new Difference("table t", "is missing", List.of()))
                        .verdict())
                .isEqualTo(EvidenceVerdict.FAILED);
    }
}
