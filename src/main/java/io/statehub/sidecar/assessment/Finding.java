package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.time.Moment;
import java.util.Set;

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

    private static final Set<String> THE_ONLY_ONES = Set.of(
            Findings.API,
            Findings.BACKUP,
            Findings.CLUSTER,
            TargetId.Part.WRITE_ENDPOINT.label(),
            TargetId.Part.HEARTBEAT.label(),
            TargetId.Part.JOURNAL.label(),
            TargetId.Part.PROCESS.label());

    /** The subject of what is found on a node. */
    public static String onNode(String name) {
        return "node " + name;
    }

    /** Whether both are about the same thing, though the figures may differ. */
    public boolean isSameAs(Finding other) {
        return kind == other.kind && subject.equals(other.subject);
    }

    /** Whether it is about what there is one of, so that the title of its kind names it. */
    public boolean isAboutTheOnlyOne() {
        return THE_ONLY_ONES.contains(subject);
    }

    Finding since(Moment earlier) {
        return new Finding(kind, subject, measured, allowed, earlier);
    }

    /** One line for people. */
    public String message() {
        return subject + ": " + measured + "; allowed: " + allowed;
    }
}
