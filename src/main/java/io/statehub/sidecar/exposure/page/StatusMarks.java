package io.statehub.sidecar.exposure.page;

import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.failover.Standing;

/** How good or bad something is: always a word and a sign, and a style beside them. */
final class StatusMarks {

    private StatusMarks() {}

    static PageView.Mark of(Status status) {
        return as(status, status.name());
    }

    /** As bad as that, and with another word for it. */
    static PageView.Mark as(Status status, String word) {
        return new PageView.Mark(word, status);
    }

    static PageView.Mark of(Standing standing) {
        return as(standing.status(), Words.plain(standing.label()));
    }
}
