package io.statehub.sidecar.observation;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A target's fault, as a fact.
 *
 * @param kind what kind of fault
 * @param detail what the kind doesn't say, such as the address, in one line for people; empty if there is nothing more
 *     to say; cut after {@value #MAX_DETAIL} characters, since targets write part of it
 * @param saidBy the run of the server that said so of itself, in a session with it; empty if nobody did, or if it isn't
 *     known who: what an address leads to may be another server than the last time
 */
public record Failure(FailureKind kind, String detail, Optional<ServerIdentity> saidBy) {

    /** The most characters of a detail. */
    public static final int MAX_DETAIL = ShortText.MAX;

    public Failure {
        requireNonNull(kind, "kind");
        detail = ShortText.of(detail);
    }

    /** A fault of which it isn't known which run of a server said so. */
    public Failure(FailureKind kind, String detail) {
        this(kind, detail, Optional.empty());
    }

    /** The same, with who said so. */
    public Failure saidBy(Optional<ServerIdentity> run) {
        return new Failure(kind, detail, run);
    }

    /** One line for people, such as {@code connection refused (10.0.0.7:5432)}. */
    public String described() {
        return detail.isEmpty() ? kind.words() : kind.words() + " (" + detail + ")";
    }
}
