package io.statehub.sidecar.journal.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One process per directory. The operating system releases the lock when a process ends, however it ends. */
final class DirectoryLock implements Closeable {

    /** POSIX locks are a process's: a second channel on the file would release the first one's lock when it closes. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path directory, Path file, FileChannel channel) {
        this.directory = directory;
        this.file = file;
        this.channel = channel;
    }

    /** Another process has it, or another journal of this one. */
    static final class HeldException extends IOException {
        private static final long serialVersionUID = 1L;

        HeldException(Path file) {
            super(file + " is locked by another process, whose journal this is: each needs a directory of its own");
        }
    }

    /**
     * Takes the lock, and never waits for it.
     *
     * @throws HeldException if somebody else has it
     * @throws IOException if there can't be a lock here
     */
    static DirectoryLock acquire(FileNames names) throws IOException {
        Path real = names.directory().toRealPath();
        Path file = names.lock();
        if (!HELD_HERE.add(real)) {
            throw new HeldException(file);
        }
        FileChannel channel = null;
        boolean acquired = false;
        try {
            RegularFile.exists(file);
            channel = FileChannel.open(
                    file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new HeldException(file);
            }
            acquired = true;
            return new DirectoryLock(real, file, channel);
        } finally {
            if (!acquired) {
                close(channel);
                HELD_HERE.remove(real);
            }
        }
    }

    /** False after somebody has removed the file: the next process would lock another one of that name. */
    boolean isInPlace(Disk disk) throws IOException {
        return disk.size(file).isPresent();
    }

    private static void close(@Nullable FileChannel channel) throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(directory);
        }
    }
}
