package io.statehub.sidecar.probe.api;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;

/** What to make of one exchange. */
sealed interface Verdict {

    /** An answer that counts. */
    record Accepted(int status) implements Verdict {}

    /** No answer, or one that doesn't count. */
    record Rejected(Failure fault) implements Verdict {}

    static Verdict rejected(FailureKind kind, String detail) {
        return new Rejected(new Failure(kind, detail));
    }
}
