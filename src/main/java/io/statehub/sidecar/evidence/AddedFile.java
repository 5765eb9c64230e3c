package io.statehub.sidecar.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file of the operator's as evidence: that it was there, and what was in it. */
public final class AddedFile {

    /** Characters of a note. */
    public static final int LONGEST_NOTE = 500;

    private static final int LONGEST_NAME = 100;

    private AddedFile() {}

    /**
     * What is to be filed of it.
     *
     * @param note what it is, for people; may be empty
     * @param digestOnly whether no copy of it is kept
     * @throws EvidenceException if it can't be read
     */
    public static EvidenceDraft of(Path file, String note, boolean digestOnly, Instant at) throws EvidenceException {
        Path name = file.getFileName();
        if (name == null || !Files.isRegularFile(file)) {
            throw new EvidenceException(file + (Files.exists(file) ? " is not a file" : " does not exist"));
        }
        String shown = name.toString();
        String shortened = shown.length() <= LONGEST_NAME ? shown : shown.substring(0, LONGEST_NAME);
        try {
            String digest = EvidenceCheck.digest(file);
            long bytes = Files.size(file);
            return new EvidenceDraft(
                    EvidenceKind.ADDED_FILE,
                    at,
                    Optional.empty(),
                    EvidenceVerdict.UNDECIDED,
                    shortened + ", " + bytes + " bytes" + (note.isEmpty() ? "" : ": " + note),
                    Map.of("file", shortened, "bytes", Long.toString(bytes), "sha256", digest),
                    digestOnly ? List.of() : List.of(Attachment.file(allowed(shown), file)));
        } catch (IOException e) {
            throw new EvidenceException(file + " can't be read", file, e);
        }
    }

    /** The name as an attachment may have it. */
    private static String allowed(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^[^A-Za-z0-9]+", "");
        String shortened = plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
        return Attachment.allowed(shortened) ? shortened : "file";
    }
}
