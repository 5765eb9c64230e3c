package io.statehub.sidecar.journal;

import jakarta.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A directory that is ours: locked, recovered, written to. */
final class OpenDirectory implements Closeable {

    private final DirectoryLock lock;
    private final Segments segments;

    private OpenDirectory(DirectoryLock lock, Segments segments) {
        this.lock = lock;
        this.segments = segments;
    }

    /** What a journal is made of. */
    record Plan(Path directory, Limits limits, Storage storage, Supplier<List<JsonObject>> carriedOver) {}

    /**
     * Makes the directory if its parent exists, takes the lock, and replays.
     *
     * @throws DirectoryLock.HeldException if it is another process's
     * @throws IOException if it can't be ours for another reason
     */
    static OpenDirectory open(Plan plan, ReplayNotes notes, Consumer<String> complaints) throws IOException {
        Path directory = plan.directory();
        Path parent = directory.getParent();
        if (!Files.exists(directory) && parent != null) {
            if (!Files.exists(parent)) {
                throw new NoSuchFileException(parent.toString());
            }
            Files.createDirectory(directory);
            Storage.forceDirectory(parent);
        }
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        if (!Files.isWritable(directory)) {
            throw new AccessDeniedException(directory.toString());
        }
        DirectoryLock lock = DirectoryLock.acquire(directory);
        try {
            Recovery recovered = new Recovery(directory, plan.limits(), plan.storage(), notes).repair();
            return new OpenDirectory(
                    lock,
                    new Segments(directory, plan.limits(), plan.storage(), plan.carriedOver(), complaints, recovered));
        } catch (IOException e) {
            try (lock) {
                throw e;
            }
        }
    }

    /** False after somebody has removed the directory or the lock from under us. */
    boolean isStillOurs() {
        return lock.isInPlace();
    }

    Segments segments() {
        return segments;
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            segments.close();
        }
    }
}
