package io.statehub.sidecar.probe.api;

import io.statehub.sidecar.system.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads small files that others write: never more than a bound, and never a pipe, which could block for ever. */
final class BoundedFile {

    private BoundedFile() {}

    /**
     * Reads the whole file.
     *
     * @throws IOException with a sentence that names the file and what is wrong with it
     */
    static byte[] read(Path file, int maxBytes) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is not a regular file");
        }
        byte[] bytes = upTo(maxBytes + 1, file);
        if (bytes.length > maxBytes) {
            throw new IOException(file + " has more than " + maxBytes + " bytes");
        }
        return bytes;
    }

    private static byte[] upTo(int bytes, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(bytes);
        } catch (IOException e) {
            throw new IOException(Refusal.of(e), e);
        }
    }
}
