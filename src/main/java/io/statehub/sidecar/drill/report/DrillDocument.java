package io.statehub.sidecar.drill.report;

import io.statehub.sidecar.evidence.EvidenceVerdict;
import java.time.Instant;
import java.util.List;

/**
 * A report on a drill.
 *
 * @param title what was drilled, such as {@code Failover drill}
 * @param subject on what, for people
 * @param headline one sentence on what it came to
 * @param sections in the order in which they are read
 */
public record DrillDocument(
        String title, String subject, Instant at, EvidenceVerdict verdict, String headline, List<Section> sections) {

    /** A part of the report: what is said of each thing in it. */
    public record Section(String title, List<Row> rows) {
        public Section {
            rows = List.copyOf(rows);
        }
    }

    /**
     * One thing.
     *
     * @param key its name for programs
     * @param what its name for people
     * @param value what is said of it
     */
    public record Row(String key, String what, String value) {}

    public DrillDocument {
        sections = List.copyOf(sections);
    }
}
