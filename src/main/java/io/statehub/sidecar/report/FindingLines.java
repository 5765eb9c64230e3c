package io.statehub.sidecar.report;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Finding;
import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The findings of an assessment, taken into lines one by one, so that none is left out of the report. */
final class FindingLines {

    private final List<Finding> findings;
    private final Set<Finding> told = new HashSet<>();

    FindingLines(Assessment assessment) {
        this.findings = assessment.findings();
    }

    /**
     * A line on a subject.
     *
     * @param seen what speaks for it; empty if nothing is known of it, which is no pass
     * @param against which findings speak against it
     */
    ReportLine line(String subject, Optional<String> seen, Predicate<Finding> against) {
        List<Finding> found = findings.stream().filter(against).toList();
        told.addAll(found);
        if (found.isEmpty()) {
            return new ReportLine(
                    subject,
                    seen.isPresent() ? CheckResult.PASS : CheckResult.UNKNOWN,
                    seen.orElse("nothing is known of it"));
        }
        List<String> evidence = new ArrayList<>();
        found.forEach(finding -> evidence.add(finding.measured() + "; allowed: " + finding.allowed()));
        seen.ifPresent(evidence::add);
        return new ReportLine(subject, result(found), String.join(" — ", evidence));
    }

    /** A state that somebody wants is named, and fails nothing. */
    private static CheckResult result(List<Finding> found) {
        Set<Status> impacts = new HashSet<>();
        found.forEach(finding -> impacts.add(finding.kind().impact()));
        if (impacts.contains(Status.DEGRADED) || impacts.contains(Status.DOWN)) {
            return CheckResult.FAIL;
        }
        return impacts.contains(Status.UNKNOWN) ? CheckResult.UNKNOWN : CheckResult.PASS;
    }

    /** Whether a finding is of one of these kinds. */
    static Predicate<Finding> of(FindingKind... kinds) {
        Set<FindingKind> wanted = Set.of(kinds);
        return finding -> wanted.contains(finding.kind());
    }

    /** Whether a finding is about this subject. */
    static Predicate<Finding> on(String subject) {
        return finding -> finding.subject().equals(subject);
    }

    /** What no line has told yet. */
    List<ReportLine> rest() {
        return findings.stream()
                .filter(finding -> !told.contains(finding))
                .map(finding -> new ReportLine(
                        finding.kind().label() + " " + finding.subject(),
                        result(List.of(finding)),
                        finding.measured() + "; allowed: " + finding.allowed()))
                .toList();
    }
}
