package io.statehub.sidecar.evidence;

import io.statehub.sidecar.observation.SystemIdentifier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be filed.
 *
 * @param at when it was found
 * @param systemIdentifier the cluster that it is about; empty if that is not known, or if it is about none
 * @param summary one line for people
 * @param details further figures for programs, such as {@code machine}
 * @param attachments each with a name of its own
 */
public record EvidenceDraft(
        EvidenceKind kind,
        Instant at,
        Optional<SystemIdentifier> systemIdentifier,
        EvidenceVerdict verdict,
        String summary,
        Map<String, String> details,
        List<Attachment> attachments) {

    /** Characters of a summary, and of a detail. */
    public static final int LONGEST = 1000;

    /** @throws IllegalArgumentException if two attachments have one name, or a text is longer than 1000 characters */
    public EvidenceDraft {
        details = Map.copyOf(details);
        attachments = List.copyOf(attachments);
        long names = attachments.stream().map(Attachment::name).distinct().count();
        if (names != attachments.size()) {
            throw new IllegalArgumentException("two attachments have one name: "
                    + attachments.stream().map(Attachment::name).toList());
        }
        if (summary.length() > LONGEST || details.values().stream().anyMatch(value -> value.length() > LONGEST)) {
            throw new IllegalArgumentException("a text of an item is longer than " + LONGEST + " characters");
        }
    }
}
