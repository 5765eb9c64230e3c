package io.statehub.sidecar.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.evidence.EvidenceDraft;
import io.statehub.sidecar.evidence.EvidenceException;
import io.statehub.sidecar.evidence.EvidenceItem;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.evidence.EvidenceStore;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.evidence.TextDigest;
import io.statehub.sidecar.observation.SystemIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetirementGateTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final SystemIdentifier OURS = new SystemIdentifier(1);
    private static final SystemIdentifier OTHER = new SystemIdentifier(2);
    private static final GateRules RULES = new GateRules(
            List.of("laptop", "desk"),
            Duration.ofDays(7),
            Duration.ofDays(30),
            Duration.ofDays(35),
            Duration.ofDays(7));

    @TempDir
    private Path directory;

    private EvidenceStore store;

    @BeforeEach
    void open() {
        store = EvidenceStore.at(directory.resolve("evidence"));
    }

    private EvidenceItem add(
            EvidenceKind kind, Duration age, SystemIdentifier of, EvidenceVerdict verdict, String machine)
            throws EvidenceException {
        return store.add(new EvidenceDraft(
                kind,
                NOW.minus(age),
                Optional.of(of),
                verdict,
                kind.label(),
                machine.isEmpty() ? Map.of() : Map.of(RetirementGate.MACHINE, machine),
                List.of()));
    }

    private EvidenceItem add(EvidenceKind kind, Duration age) throws EvidenceException {
        return add(kind, age, OURS, EvidenceVerdict.PASSED, "");
    }

    private void allBut(EvidenceKind left) throws EvidenceException {
        for (EvidenceKind kind : EvidenceKind.values()) {
            switch (kind) {
                case READINESS_REPORT, FAILOVER_DRILL, API_DRILL, RESTORE_DRILL -> {
                    if (kind != left) {
                        add(kind, Duration.ofHours(1));
                    }
                }
                case ACCESS -> {
                    add(kind, Duration.ofHours(1), OURS, EvidenceVerdict.PASSED, "laptop");
                    if (kind != left) {
                        add(kind, Duration.ofHours(1), OURS, EvidenceVerdict.PASSED, "desk");
                    }
                }
                case RESTORE_MANIFEST, RETIREMENT_DECISION, APPROVAL, ADDED_FILE -> {}
            }
        }
    }

    private RetirementGate gate(Instant now) throws EvidenceException {
        return new RetirementGate(store.readable(), store.verify(), Optional.of(OURS), RULES, now);
    }

    private GateDecision decision(Instant now) throws EvidenceException {
        RetirementGate gate = gate(now);
        List<Requirement> all = new ArrayList<>(gate.evidence());
        all.add(gate.approval(gate.toApprove().map(TextDigest::of)));
        return new GateDecision(all);
    }

    private void approve() throws EvidenceException {
        approve(NOW);
    }

    private void approve(Instant at) throws EvidenceException {
        store.add(new EvidenceDraft(
                EvidenceKind.APPROVAL,
                at,
                Optional.of(OURS),
                EvidenceVerdict.PASSED,
                "yes",
                Map.of(
                        RetirementGate.COVERS,
                        gate(NOW).toApprove().map(TextDigest::of).orElseThrow()),
                List.of()));
    }

    @Test
    void wholeEvidenceThatWasApprovedIsGoAndSaysWhatRemains() throws EvidenceException {
        allBut(EvidenceKind.ADDED_FILE);
        assertThat(decision(NOW).go()).isFalse();
        assertThat(decision(NOW).text()).startsWith("NO-GO").contains("approval of this evidence: there is none");

        approve();

        assertThat(decision(NOW).text()).startsWith("GO\n").contains("final backup");
    }

    @ParameterizedTest
    @EnumSource(
            value = EvidenceKind.class,
            names = {"READINESS_REPORT", "FAILOVER_DRILL", "API_DRILL", "RESTORE_DRILL", "ACCESS"})
    void eachKindThatIsMissingStaleFailedOrOfAnotherClusterClosesTheGate(EvidenceKind kind) throws EvidenceException {
        allBut(kind);
        String machine = kind == EvidenceKind.ACCESS ? "desk" : "";
        assertThat(decision(NOW).text())
                .startsWith("NO-GO")
                .containsPattern(": there is none \\((drill|report|verify) ");

        add(kind, Duration.ofDays(99), OTHER, EvidenceVerdict.PASSED, machine);
        assertThat(decision(NOW).text()).contains("it is of the cluster 2; this is 1");

        add(kind, Duration.ofDays(36), OURS, EvidenceVerdict.PASSED, machine);
        assertThat(decision(NOW).text()).contains("it is 864 hours old; allowed are ");

        add(kind, Duration.ofHours(3), OURS, EvidenceVerdict.PASSED, machine);
        assertThat(gate(NOW).toApprove()).isPresent();

        add(kind, Duration.ofHours(2), OURS, EvidenceVerdict.UNDECIDED, machine);
        assertThat(decision(NOW).text()).contains("it is undecided");
        add(kind, Duration.ofHours(1), OURS, EvidenceVerdict.FAILED, machine);
        assertThat(decision(NOW).text()).contains("it is failed");
        assertThat(gate(NOW).toApprove()).isEmpty();

        add(kind, Duration.ofHours(-1), OURS, EvidenceVerdict.PASSED, machine);
        assertThat(decision(NOW).text()).contains("it is dated in the future");
    }

    @Test
    void evidenceThatWasTamperedWithClosesTheGate() throws EvidenceException, IOException {
        allBut(EvidenceKind.ADDED_FILE);
        approve();
        EvidenceItem item = store.items().get(0);
        Path file = store.folderOf(item).resolve("item.json");
        Files.writeString(file, Files.readString(file).replace("passed", "failed"));

        assertThat(decision(NOW).text()).startsWith("NO-GO").contains("evidence as it was filed");
    }

    @Test
    void evidenceAfterTheApprovalVoidsItThoughItPassed() throws EvidenceException {
        allBut(EvidenceKind.ADDED_FILE);
        approve();
        add(EvidenceKind.API_DRILL, Duration.ofMinutes(1));

        assertThat(decision(NOW).text())
                .startsWith("NO-GO")
                .contains("it is of other evidence, which has changed since");

        approve(NOW.plusSeconds(1));
        assertThat(decision(NOW.plusSeconds(2)).go()).isTrue();
    }

    @Test
    void ageVoidsAnApproval() throws EvidenceException {
        GateRules patient = new GateRules(
                RULES.machines(), Duration.ofDays(99), Duration.ofDays(99), Duration.ofDays(99), Duration.ofDays(7));
        allBut(EvidenceKind.ADDED_FILE);
        approve();
        Instant atTheLimit = NOW.plus(Duration.ofDays(7));

        assertThat(approval(patient, atTheLimit).missing()).isEmpty();
        assertThat(approval(patient, atTheLimit.plusSeconds(1)).missing()).isPresent();
    }

    private Requirement approval(GateRules rules, Instant now) throws EvidenceException {
        RetirementGate gate = new RetirementGate(store.readable(), store.verify(), Optional.of(OURS), rules, now);
        return gate.approval(gate.toApprove().map(TextDigest::of));
    }

    @Test
    void withoutAMachineTheGateStaysShut() throws EvidenceException {
        allBut(EvidenceKind.ADDED_FILE);
        GateRules none =
                new GateRules(List.of(), RULES.reportAge(), RULES.drillAge(), RULES.restoreAge(), RULES.approvalAge());

        assertThat(new RetirementGate(store.readable(), store.verify(), Optional.of(OURS), none, NOW).toApprove())
                .isEmpty();
    }

    @Test
    void theClusterIsThatOfTheNewestReadinessReportIfNoneIsNamed() throws EvidenceException {
        allBut(EvidenceKind.ADDED_FILE);
        add(EvidenceKind.READINESS_REPORT, Duration.ofMinutes(1), OTHER, EvidenceVerdict.PASSED, "");
        RetirementGate gate = new RetirementGate(store.readable(), store.verify(), Optional.empty(), RULES, NOW);

        assertThat(gate.cluster()).contains(OTHER);
        assertThat(gate.toApprove()).isEmpty();
    }
}
