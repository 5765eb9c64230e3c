package io.statehub.sidecar.observation;

import static java.util.Objects.requireNonNull;

/**
 * A target's fault, as a fact.
 *
 * @param kind what kind of fault
 * @param detail one line for people; cut after {@value #MAX_DETAIL} characters, since targets write part of it
 */
public record Failure(FailureKind kind, String detail) {

    /** Room for a sentence and a host name; a server's message can be of any length. */
    public static final int MAX_DETAIL = 240;

    public Failure {
        requireNonNull(kind, "kind");
        String oneLine = detail.strip().replaceAll("\\s+", " ");
        detail = oneLine.length() <= MAX_DETAIL ? oneLine : oneLine.substring(0, MAX_DETAIL - 1) + "…";
    }
}
