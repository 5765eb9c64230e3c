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
        String digest) {

    private static final int DIGEST_IN_ID = 12;

    /**
     * A file of the item.
     *
     * @param bytes its length
     * @param sha256 its digest, as 64 hexadecimal digits
     */
    public record Attached(String name, long bytes, String sha256) {}

    public EvidenceItem {
        details = Map.copyOf(details);
        attachments = List.copyOf(attachments);
    }

    /** Its time, its kind and the start of its digest: also the name of its folder. */
    public String id() {
        return at.toString().replaceAll("[-:]", "") + "-" + kind.label() + "-" + digest.substring(0, DIGEST_IN_ID);
    }
}
