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
    public Verdict verdict() {
        Map<Verdict, Long> counts = counts();
        if (count(counts, Verdict.FAIL) > 0) {
            return Verdict.FAIL;
        }
        return count(counts, Verdict.UNKNOWN) > 0 ? Verdict.UNKNOWN : Verdict.PASS;
    }

    /** How many lines came to each verdict. */
    public Map<Verdict, Long> counts() {
        Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            counts.put(
                    verdict,
                    sections.stream()
                            .flatMap(section -> section.lines().stream())
                            .filter(line -> line.verdict() == verdict)
                            .count());
        }
        return counts;
    }

    private static long count(Map<Verdict, Long> counts, Verdict verdict) {
        return counts.getOrDefault(verdict, 0L);
    }
}
