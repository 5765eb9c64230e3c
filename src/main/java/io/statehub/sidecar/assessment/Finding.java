package io.statehub.sidecar.assessment;

import io.statehub.sidecar.time.Moment;

/**
 * Something that is not as it should be.
 *
 * @param kind what it is
 * @param subject what it is about: a member, {@code api}, {@code write-endpoint} or {@code cluster}
 * @param measured what was seen, with its unit
 * @param allowed what would have been right, with its unit
 * @param since when it was first seen without a break
 */
public record Finding(FindingKind kind, String subject, String measured, String allowed, Moment since) {

    /** The subject of what is found on a node. */
    public static String onNode(String name) {
        return "node " + name;
    }

    /** Whether both are about the same thing, though the figures may differ. */
    public boolean isSameAs(Finding other) {
        return kind == other.kind && subject.equals(other.subject);
    }

    Finding since(Moment earlier) {
        return new Finding(kind, subject, measured, allowed, earlier);
    }

    /** One line for people. */
    public String message() {
        return subject + ": " + measured + "; allowed: " + allowed;
    }
}
