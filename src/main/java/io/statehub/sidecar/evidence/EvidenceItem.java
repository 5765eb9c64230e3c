package io.statehub.sidecar.evidence;

import io.statehub.sidecar.observation.SystemIdentifier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An item as it is filed.
 *
 * @param attachments by name
 * @param after digests of the items before it that no other one names, in order: of a folder that one machine wrote the
 *     last one alone; empty for the first, and for what was filed before items named each other
 * @param digest SHA-256, as 64 hexadecimal digits, over everything else: also over the digests of the attachments
 */
public record EvidenceItem(
        EvidenceKind kind,
        Instant at,
        Optional<SystemIdentifier> systemIdentifier,
        EvidenceVerdict verdict,
        String summary,
        Map<String, String> details,
        List<Attached> attachments,
        List<String> after,
        String digest) {

    private static final int DIGEST_IN_ID = 12;

    /**
     * A file of the item.
     *
     * @param name as that of an {@link Attachment}
     * @param bytes its length, not negative
     * @param sha256 its digest, as 64 hexadecimal digits in lower case
     */
    public record Attached(String name, long bytes, String sha256) {

        /** @throws IllegalArgumentException if the name is not allowed, the length negative, or the digest none */
        public Attached {
            if (!Attachment.allowed(name)) {
                throw new IllegalArgumentException("'" + name + "' is not the name of an attachment");
            }
            if (bytes < 0) {
                throw new IllegalArgumentException(name + " has " + bytes + " bytes");
            }
            Digests.require(sha256);
        }
    }

    public EvidenceItem {
        details = Map.copyOf(details);
        attachments = List.copyOf(attachments);
        after = List.copyOf(after);
    }

    /** Whether it says the same, whatever was filed before each of them. */
    boolean saysTheSameAs(EvidenceItem other) {
        return kind == other.kind
                && at.equals(other.at)
                && systemIdentifier.equals(other.systemIdentifier)
                && verdict == other.verdict
                && summary.equals(other.summary)
                && details.equals(other.details)
                && attachments.equals(other.attachments);
    }

    /** Its time, its kind and the start of its digest: also the name of its folder. */
    public String id() {
        return at.toString().replaceAll("[-:]", "") + "-" + kind.label() + ending(digest);
    }

    /** How the id of an item ends that has this digest. */
    static String ending(String digest) {
        return "-" + digest.substring(0, DIGEST_IN_ID);
    }
}
