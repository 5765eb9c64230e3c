package io.statehub.sidecar.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A newer program has written here: what it wrote is neither changed nor added to. */
final class NewerFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    private NewerFormatException(Path file, int format) {
        super(file + " has format " + format
                + ", of a newer program, and is left alone: this one knows the formats up to " + SealedLine.FORMAT
                + ". Run the newer program, or give this one another directory");
    }

    /** @throws NewerFormatException if the file is there, and its first line says that a newer program wrote it */
    static void check(Disk disk, Path file) throws IOException {
        if (disk.size(file).isPresent()) {
            try (LineReader reader = LineReader.open(disk, file)) {
                Optional<Integer> newer = reader.next() ? SealedLine.newerFormat(reader.bytes()) : Optional.empty();
                if (newer.isPresent()) {
                    throw new NewerFormatException(file, newer.get());
                }
            }
        }
    }
}
