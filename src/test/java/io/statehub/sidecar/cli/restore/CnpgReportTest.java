package io.statehub.sidecar.cli.restore;

import static io.statehub.sidecar.drill.GoldenReports.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.drill.restore.AsOf;
import io.statehub.sidecar.drill.restore.Comparison;
import io.statehub.sidecar.drill.restore.Manifest;
import io.statehub.sidecar.drill.restore.ManifestJson;
import io.statehub.sidecar.drill.restore.Manifests;
import io.statehub.sidecar.drill.restore.RestoreReport;
import io.statehub.sidecar.evidence.EvidenceException;
import io.statehub.sidecar.evidence.EvidenceItem;
import io.statehub.sidecar.evidence.EvidenceStore;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.kubernetes.restore.RestoreOutcome;
import io.statehub.sidecar.kubernetes.restore.RestoreOutcome.RestoreVerdict;
import io.statehub.sidecar.kubernetes.restore.RestoreOutcome.Step;
import io.statehub.sidecar.kubernetes.restore.RestoreOutcome.Taken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a restore drill on Kubernetes files and ends with, against golden files. */
class CnpgReportTest {

    private static final Instant AT = Instant.parse("2026-03-02T04:00:00Z");
    private static final Manifest EXPECTED = Manifests.manifest()
            .table("public.entry", Manifests.rows(1, 10))
            .object("index", "public.entry.by_body", "CREATE INDEX by_body ON public.entry USING btree (body)")
            .build();
    private static final Manifest WITHOUT =
            Manifests.manifest().table("public.entry", Manifests.rows(1, 9)).build();

    @TempDir
    private Path directory;

    private Path manifest;

    @BeforeEach
    void write() throws IOException {
        manifest = Files.writeString(directory.resolve("manifest.json"), ManifestJson.write(EXPECTED));
    }

    private static Optional<RestoreReport> compared(Manifest found) {
        return Optional.of(new RestoreReport(
                EXPECTED.origin(), found.origin(), AsOf.SAME, Comparison.of(EXPECTED, found, AsOf.SAME), List.of()));
    }

    private static CnpgReport report(RestoreVerdict verdict, Optional<RestoreReport> compared, String... stays) {
        boolean passed = verdict == RestoreVerdict.PASSED;
        String said = compared.map(RestoreReport::summary).orElse("stopped while the restored database was read");
        return new CnpgReport(
                EXPECTED.origin(),
                new RestoreOutcome(
                        verdict,
                        List.of(
                                new Taken(Step.AWAIT_CLUSTER, Duration.ofMinutes(3), true, "Cluster in healthy state"),
                                new Taken(Step.VERIFY_DATABASE, Duration.ofSeconds(4), passed, said)),
                        List.of(stays)),
                List.of("AWAIT_CLUSTER: Cluster in healthy state", "VERIFY_DATABASE: " + said),
                compared);
    }

    private EvidenceItem filed(CnpgReport report) throws EvidenceException {
        return EvidenceStore.at(directory.resolve("evidence"))
                .add(report.draft(AT, manifest).orElseThrow());
    }

    private Path file(EvidenceItem item, String name) {
        return EvidenceStore.at(directory.resolve("evidence")).folderOf(item).resolve(name);
    }

    @Test
    void whatIsFiledHasEachDifferenceAndTheManifest() throws EvidenceException, IOException {
        EvidenceItem item = filed(report(RestoreVerdict.FAILED, compared(WITHOUT)));

        assertThat(item.verdict()).isEqualTo(EvidenceVerdict.FAILED);
        assertThat(item.summary()).startsWith("restore of state on Kubernetes: VERIFY_DATABASE: DIFFERENT: ");
        assertThat(Files.readString(file(item, "restore.txt")))
                .contains("DIFFERENT table public.entry: 9 rows, expected 10", "DIFFERENT index public.entry.by_body");
        assertThat(Files.readString(file(item, "restore.json"))).contains("\"outcome\": \"DIFFERENT\"");
        assertThat(file(item, "manifest.json")).hasSameTextualContentAs(manifest);
        assertThat(Files.readAllLines(file(item, "steps.txt"))).hasSize(2);
    }

    @Test
    void oneThatPassedAndOneThatFailedAreAsTheyWere() throws EvidenceException, IOException {
        assertFiled("cnpg-passed", filed(report(RestoreVerdict.PASSED, compared(EXPECTED))));
        assertFiled("cnpg-failed", filed(report(RestoreVerdict.FAILED, compared(WITHOUT))));
    }

    private void assertFiled(String name, EvidenceItem item) throws IOException {
        assertGolden(
                name + ".txt",
                item.verdict().label() + ": " + item.summary() + "\n\n" + Files.readString(file(item, "steps.txt"))
                        + "\n" + Files.readString(file(item, "restore.txt")));
    }

    @Test
    void oneThatPassedSaysWhatWasCompared() throws EvidenceException {
        EvidenceItem item = filed(report(RestoreVerdict.PASSED, compared(EXPECTED)));

        assertThat(item.verdict()).isEqualTo(EvidenceVerdict.PASSED);
        assertThat(item.summary())
                .isEqualTo("restore of state on Kubernetes: SAME: 1 tables with 10 rows compared, 10 of them one by"
                        + " one; 0 differences, 0 undecided, 0 allowed");
    }

    @Test
    void oneThatWasStoppedIsIncompleteAndOneThatCouldNotCompareAllIsUndecided() throws EvidenceException {
        assertThat(filed(report(RestoreVerdict.STOPPED, Optional.empty())).verdict())
                .isEqualTo(EvidenceVerdict.INCOMPLETE);
        assertThat(filed(report(RestoreVerdict.UNDECIDED, Optional.empty())).verdict())
                .isEqualTo(EvidenceVerdict.UNDECIDED);
    }

    @Test
    void oneThatCouldNotBeBegunIsNotFiled() {
        assertThat(report(RestoreVerdict.NOT_BEGUN, Optional.empty()).draft(AT, manifest))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PASSED, 0", "FAILED, 1", "NOT_BEGUN, 2", "UNDECIDED, 3", "STOPPED, 3"})
    void exitCodesAreThoseOfEveryDrill(RestoreVerdict verdict, int code) {
        assertThat(report(verdict, Optional.empty()).exitCode(false)).isEqualTo(code);
    }

    @Test
    void whatIsLeftBehindIsNoGoodEndUnlessItIsToBeKept() {
        CnpgReport report = report(RestoreVerdict.PASSED, compared(EXPECTED), "Cluster state-hub-restore/state-hub-db");

        assertThat(report.exitCode(false)).isEqualTo(3);
        assertThat(report.exitCode(true)).isZero();
    }
}
