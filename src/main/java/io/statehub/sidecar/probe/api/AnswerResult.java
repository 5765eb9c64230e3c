package io.statehub.sidecar.probe.api;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;

/** What to make of one exchange. */
sealed interface AnswerResult {

    /** An answer that counts. */
    record Accepted(int status) implements AnswerResult {}

    /** No answer, or one that doesn't count. */
    record Rejected(Failure fault) implements AnswerResult {}

    static AnswerResult rejected(FailureKind kind, String detail) {
        return new Rejected(new Failure(kind, detail));
    }
}
