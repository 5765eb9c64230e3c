package io.statehub.sidecar.journal.file;

import io.statehub.sidecar.system.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A directory that is this process's: locked, recovered, written to by one thread. A checkpoint is replaced as a whole;
 * beside it stands one file of events and incidents, to which lines are appended. What these methods return from is on
 * the disk.
 */
public final class JournalDirectory implements Closeable {

    private final FileNames names;
    private final Disk disk;
    private final Limits limits;
    private final Consumer<String> complaints;
    private final DirectoryLock lock;
    private final EventFile events;

    private JournalDirectory(FileNames names, Disk disk, Limits limits, Consumer<String> complaints, DirectoryLock lock)
            throws IOException {
        this.names = names;
        this.disk = disk;
        this.limits = limits;
        this.complaints = complaints;
        this.lock = lock;
        this.events = new EventFile(names, disk, limits);
    }

    /**
     * Makes the directory if its parent exists, takes the lock, passes on what is there, and puts right what is
     * damaged.
     *
     * @param sink takes what is there, during this call
     * @param complaints takes a sentence on each thing that was not as it should be
     * @throws IOException if it can't be this process's, or is a newer program's
     */
    public static JournalDirectory open(
            Path path, Limits limits, TimedDisk disk, LineSink sink, Consumer<String> complaints) throws IOException {
        Path directory = path.toAbsolutePath().normalize();
        FileNames names = new FileNames(directory);
        DirectoryLock lock = disk.asked("opening", directory, () -> take(names));
        try {
            new Recovery(names, disk, limits, sink, complaints).run();
            return new JournalDirectory(names, disk, limits, complaints, lock);
        } catch (IOException | RuntimeException e) {
            try (lock) {
                throw e;
            }
        }
    }

    private static DirectoryLock take(FileNames names) throws IOException {
        Path directory = names.directory();
        make(directory);
        RegularFile.requireDirectory(directory);
        if (!Files.isWritable(directory)) {
            throw new IOException(directory + " is not writable for this user; it must be");
        }
        return DirectoryLock.acquire(names);
    }

    private static void make(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent != null && !Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.exists(parent)) {
                throw new NoSuchFileException(parent.toString());
            }
            Files.createDirectory(directory);
            Disk.forceDirectory(parent);
        }
    }

    /** Passes on what is there as far as it can be read, and changes nothing; so it needs no lock. */
    public static void read(Path path, Disk disk, LineSink sink, Consumer<String> complaints) {
        Replay replay = new Replay(new FileNames(path.toAbsolutePath().normalize()), disk, sink, complaints);
        attempt(replay::find, complaints);
        attempt(replay::checkpoint, complaints);
        attempt(replay::pass, complaints);
    }

    @FunctionalInterface
    private interface Reading {
        void run() throws IOException;
    }

    private static void attempt(Reading reading, Consumer<String> complaints) {
        try {
            reading.run();
        } catch (NoSuchFileException e) {
            // There is no directory yet, so nothing was ever written.
            return;
        } catch (IOException e) {
            complaints.accept("nothing is known from there: " + Refusal.of(e));
        }
    }

    /** Whether a failure is that another process has the directory. */
    public static boolean isHeld(Exception failure) {
        return failure instanceof DirectoryLock.HeldException;
    }

    /** False after somebody has removed the directory or the lock from under us. */
    public boolean isStillOurs() throws IOException {
        return lock.isInPlace(disk);
    }

    /**
     * Appends as many lines, from the first on, as there is room for at once; at least one.
     *
     * @param lines sealed, each of at most {@link Limits#lineBytes}
     * @param begin the lines that a new file begins with, oldest first: asked for if there is none
     * @return how many
     * @throws IOException if none is on the disk
     */
    public int append(List<byte[]> lines, Supplier<List<byte[]>> begin) throws IOException {
        return events.append(lines, begin);
    }

    /**
     * Replaces the checkpoint.
     *
     * @param line sealed, of at most {@link Limits#checkpointBytes}
     * @throws IOException if the one before stands
     */
    public void checkpoint(byte[] line) throws IOException {
        if (line.length > limits.checkpointBytes()) {
            throw new IllegalArgumentException(
                    "a checkpoint has " + line.length + " bytes; allowed: " + limits.checkpointBytes());
        }
        AtomicFile.replace(disk, names.checkpoint(), file -> file.append(line));
    }

    /** Keeps a copy of a checkpoint that was there and that nobody continued from, before another replaces it. */
    public void keepCheckpoint() throws IOException {
        if (disk.size(names.checkpoint()).isPresent()) {
            try (Quarantine quarantine = new Quarantine(names, disk, limits)) {
                quarantine.addAll(names.checkpoint());
                complaints.accept(names.checkpoint() + " was not used, and is kept in " + quarantine.described());
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            events.close();
        }
    }
}
