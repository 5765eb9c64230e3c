package io.statehub.sidecar.journal;

import jakarta.json.JsonObject;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Entries that outlive the process: one line each, forced to the disk, in segments of which the oldest are deleted.
 *
 * <p>Whatever the disk does, nothing is thrown for it. Entries that can't be written wait in memory, at most 1000 of them
 * with 8 MiB, and are written in their order as soon as an append finds that the disk takes them.
 *
 * <p>Safe for use by several threads. An append takes as long as the disk does, which may be long for a sick one: no
 * thread that keeps time should append.
 */
public interface Journal extends Closeable {

    /**
     * Appends an entry, and returns when the disk has it or has failed.
     *
     * @param body must not have the members {@code v} and {@code crc32c}, which are the journal's own
     * @throws IllegalArgumentException if it has
     */
    AppendResult append(JsonObject body);

    /** How the journal is doing. */
    JournalStatus status();

    /** What was found when the journal was opened. */
    Replay replay();

    /** Tries a last time to write what waits, and gives up the directory; what is appended later goes nowhere. */
    @Override
    void close();

    /** A journal that keeps nothing, and says so: no directory is configured. */
    static Journal off() {
        return new NoJournal();
    }

    /**
     * Opens the journal of a directory, which is made if its parent exists, and passes on every intact entry in it, oldest
     * first. If that fails the journal is {@link JournalStatus.State#DEGRADED}, and each append tries again; entries that
     * a later try finds stay in the files and are not passed on. From a directory that may only be read, entries are passed
     * on at once.
     *
     * @param directory for this process alone
     * @param maxBytes of all files together, from 64 KiB; a segment has a quarter of it, and a line 1 MiB at most and no
     *     more than a segment
     * @param carriedOver asked during an append, whenever a new segment begins, for what that must begin with: whatever
     *     is still needed once the oldest segment is gone. It is replayed like any entry, so beside the original as long as
     *     that is there
     * @param entries takes the replayed ones, during this call; one that it throws on is skipped with a warning
     * @throws IllegalArgumentException if {@code maxBytes} is too small
     */
    static Journal open(
            Path directory, long maxBytes, Supplier<List<JsonObject>> carriedOver, Consumer<JsonObject> entries) {
        return FileJournal.open(directory, maxBytes, carriedOver, entries, Storage.disk());
    }
}
