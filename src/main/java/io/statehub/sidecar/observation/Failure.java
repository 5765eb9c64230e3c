package io.statehub.sidecar.observation;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A target's fault, as a fact.
 *
 * @param kind what kind of fault
 * @param detail what the kind doesn't say, such as the address, in one line for people; empty if there is nothing more
 *     to say; cut after {@value #MAX_DETAIL} characters, since targets write part of it
 * @param farewell what a server that is shut down said to end a session of ours; empty if none was ended so, or if it
 *     isn't known whose it was: what an address leads to may be another server than the last time
 */
public record Failure(FailureKind kind, String detail, Optional<Farewell> farewell) {

    /** The most characters of a detail. */
    public static final int MAX_DETAIL = ShortText.MAX;

    public Failure {
        requireNonNull(kind, "kind");
        detail = ShortText.of(detail);
    }

    /** A fault before which no server took leave. */
    public Failure(FailureKind kind, String detail) {
        this(kind, detail, Optional.empty());
    }

    /** The same, with what a server said before. */
    public Failure after(Optional<Farewell> said) {
        return new Failure(kind, detail, said);
    }

    /** One line for people, such as {@code connection refused (10.0.0.7:5432)}. */
    public String described() {
        return detail.isEmpty() ? kind.words() : kind.words() + " (" + detail + ")";
    }
}
