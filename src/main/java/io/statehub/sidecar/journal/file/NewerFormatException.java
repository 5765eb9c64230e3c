package io.statehub.sidecar.journal.file;

import java.io.IOException;
import java.nio.file.Path;

/** A newer program has written here: what it wrote is neither changed nor added to. */
final class NewerFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    NewerFormatException(Path file, int format) {
        super(file + " has format " + format
                + ", of a newer program, and is left alone: this one knows the formats up to " + SealedLine.FORMAT
                + ". Run the newer program, or give this one another directory");
    }
}
