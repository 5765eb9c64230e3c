package io.statehub.sidecar.observation;

import static java.util.Objects.requireNonNull;

/**
 * A target's fault, as a fact.
 *
 * @param kind what kind of fault
 * @param detail one line for people; cut after {@value #MAX_DETAIL} characters, since targets write part of it
 */
public record Failure(FailureKind kind, String detail) {

    /** The most characters of a detail. */
    public static final int MAX_DETAIL = ShortText.MAX;

    public Failure {
        requireNonNull(kind, "kind");
        detail = ShortText.of(detail);
    }
}
