package io.statehub.sidecar.gate;

import io.statehub.sidecar.evidence.EvidenceKind;
import java.time.Duration;
import java.util.List;

/**
 * What the gate asks for.
 *
 * @param machines from each of which access must have been shown
 * @param reportAge how old readiness report and access may be
 * @param drillAge how old the drills of failover and API may be
 * @param restoreAge how old the restore drill may be
 * @param approvalAge how old the approval may be
 */
public record GateRules(
        List<String> machines, Duration reportAge, Duration drillAge, Duration restoreAge, Duration approvalAge) {

    public GateRules {
        machines = List.copyOf(machines);
    }

    Duration age(EvidenceKind kind) {
        return switch (kind) {
            case READINESS_REPORT, ACCESS -> reportAge;
            case FAILOVER_DRILL, API_DRILL -> drillAge;
            case RESTORE_DRILL, RESTORE_MANIFEST -> restoreAge;
            case APPROVAL, RETIREMENT_DECISION, ADDED_FILE -> approvalAge;
        };
    }
}
