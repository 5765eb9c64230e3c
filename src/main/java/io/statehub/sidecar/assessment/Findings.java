package io.statehub.sidecar.assessment;

import io.statehub.sidecar.time.Moment;
import java.util.ArrayList;
import java.util.List;

/** Collects the findings of one assessment. */
final class Findings {

    static final String API = "api";
    static final String CLUSTER = "cluster";
    static final String BACKUP = "backup";

    private final Moment now;
    private final List<Finding> found = new ArrayList<>();

    Findings(Moment now) {
        this.now = now;
    }

    void add(FindingKind kind, String subject, String measured, String allowed) {
        add(new Finding(kind, subject, measured, allowed, now));
    }

    void add(Finding finding) {
        found.add(finding);
    }

    /** Everything found so far. */
    List<Finding> found() {
        return List.copyOf(found);
    }

    /** Everything found; what stood before already keeps the moment at which it was first seen. */
    List<Finding> since(List<Finding> before) {
        return found.stream()
                .map(finding -> before.stream()
                        .filter(finding::isSameAs)
                        .findFirst()
                        .map(earlier -> finding.since(earlier.since()))
                        .orElse(finding))
                .toList();
    }
}
