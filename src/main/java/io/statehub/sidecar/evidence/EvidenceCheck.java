package io.statehub.sidecar.evidence;

import io.statehub.sidecar.evidence.EvidenceItem.Attached;
import io.statehub.sidecar.system.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares the files of an item with what the item says of them. */
final class EvidenceCheck {

    private static final int PIECE = 1 << 16;

    private final Path place;
    private final EvidenceItem item;
    private final List<EvidenceProblem> problems = new ArrayList<>();

    EvidenceCheck(Path place, EvidenceItem item) {
        this.place = place;
        this.item = item;
    }

    List<EvidenceProblem> problems() {
        try {
            for (Attached file : item.attachments()) {
                check(file);
            }
            Set<String> known = item.attachments().stream().map(Attached::name).collect(Collectors.toSet());
            for (Path there : EvidenceReader.entries(place)) {
                String name = there.getFileName().toString();
                if (!known.contains(name) && !name.equals(ItemFile.NAME)) {
                    found(name + " was put there later");
                }
            }
        } catch (IOException e) {
            found("it can't be read: " + Refusal.of(e, place));
        }
        return problems;
    }

    private void check(Attached expected) throws IOException {
        Path file = place.resolve(expected.name());
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            found(expected.name() + " is missing");
            return;
        }
        long bytes = Files.size(file);
        if (bytes != expected.bytes()) {
            found(expected.name() + " has " + bytes + " bytes; filed were " + expected.bytes());
            return;
        }
        String actual = digest(file);
        if (!actual.equals(expected.sha256())) {
            found(expected.name() + " has the digest " + actual + "; filed was " + expected.sha256());
        }
    }

    static String digest(Path file) throws IOException {
        MessageDigest digest = Digests.begun();
        byte[] piece = new byte[PIECE];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                digest.update(piece, 0, read);
            }
        }
        return Digests.hex(digest);
    }

    private void found(String what) {
        problems.add(new EvidenceProblem(item.id(), what));
    }
}
