package io.statehub.sidecar.report;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a cluster is ready for data to be moved to it.
 *
 * @param at when it was looked at
 * @param subject what was looked at, for people
 */
public record ReadinessReport(Instant at, String subject, List<ReportSection> sections) {

    public ReadinessReport {
        sections = List.copyOf(sections);
    }

    /** PASS only if every line passes; FAIL if any is known to be wrong. */
    public CheckResult verdict() {
        Map<CheckResult, Long> counts = counts();
        if (count(counts, CheckResult.FAIL) > 0) {
            return CheckResult.FAIL;
        }
        return count(counts, CheckResult.UNKNOWN) > 0 ? CheckResult.UNKNOWN : CheckResult.PASS;
    }

    /** How many lines came to each verdict. */
    public Map<CheckResult, Long> counts() {
        Map<CheckResult, Long> counts = new EnumMap<>(CheckResult.class);
        for (CheckResult verdict : CheckResult.values()) {
            counts.put(
                    verdict,
                    sections.stream()
                            .flatMap(section -> section.lines().stream())
                            .filter(line -> line.verdict() == verdict)
                            .count());
        }
        return counts;
    }

    private static long count(Map<CheckResult, Long> counts, CheckResult verdict) {
        return counts.getOrDefault(verdict, 0L);
    }
}
