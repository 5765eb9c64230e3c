package io.statehub.sidecar.journal.file;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Replaces a file as a whole: a copy is written beside it, forced, and takes its name in one move. Whenever the process
 * or the machine ends, the file is either what it was or what it was to be.
 */
final class AtomicFile {

    private AtomicFile() {}

    /** What a file is to have. */
    @FunctionalInterface
    interface Content {
        void writeTo(Disk.Output output) throws IOException;
    }

    /**
     * Replaces a file, or makes it.
     *
     * @return bytes that it has now
     * @throws IOException if it is what it was
     */
    static long replace(Disk disk, Path file, Content content) throws IOException {
        Path copy = FileNames.copy(file);
        disk.delete(copy);
        try {
            long size = write(disk.create(copy), content);
            disk.replace(file, copy);
            return size;
        } catch (IOException e) {
            try {
                disk.delete(copy);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    private static long write(Disk.Output output, Content content) throws IOException {
        try (output) {
            content.writeTo(output);
            output.force();
            return output.size();
        }
    }
}
