package io.statehub.sidecar.drill.restore.run;

import io.statehub.sidecar.assessment.Figures;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;

/**
 * How much a restore may take of the disk. A small file may hold a very large one, by accident or on purpose, and
 * whoever shares the disk must not pay for it. Safe for use by several threads.
 */
final class Room {

    /** Of what is free: the rest is for the others. */
    private static final int TENTHS = 9;

    private static final int BUFFER = 64 << 10;

    private final Path folder;
    private final long most;

    private Room(Path folder, long most) {
        this.folder = folder;
        this.most = most;
    }

    /**
     * That below a folder.
     *
     * @param most bytes of all files in it; nine tenths of what is free now if empty
     */
    static Room below(Path folder, OptionalLong most) throws IOException {
        return new Room(folder, most.isPresent() ? most.getAsLong() : free(folder) / 10 * TENTHS);
    }

    private static long free(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Copies to the end, if there is room for that. */
    void copy(InputStream from, OutputStream to) throws IOException, BackupException {
        long left = most - taken();
        byte[] buffer = new byte[BUFFER];
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            left -= count;
            if (left < 0) {
                throw exceeded();
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("stopped");
            }
            to.write(buffer, 0, count);
        }
    }

    /** There must be room for so many bytes more. */
    void require(long bytes) throws IOException, BackupException {
        if (taken() + bytes > most) {
            throw exceeded();
        }
    }

    private BackupException exceeded() throws IOException {
        return BackupException.notRun("it takes more room than the allowed " + Figures.bytes(most) + " in " + folder
                + " (free there: " + Figures.bytes(free(folder)) + "); --max-size allows more");
    }

    /** Bytes of all files; those that come and go meanwhile may be counted or not. */
    private long taken() throws IOException {
        long[] bytes = new long[1];
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes[0] += attributes.isRegularFile() ? attributes.size() : 0;
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes[0];
    }
}
