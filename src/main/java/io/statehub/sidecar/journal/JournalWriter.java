package io.statehub.sidecar.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gets lines to the disk in their order; those that it doesn't take wait here. */
final class JournalWriter implements Closeable {

    private final OpenDirectory.Plan plan;
    private final Consumer<String> complaints;
    private final Backlog backlog = new Backlog();
    private @Nullable OpenDirectory directory;
    private long written;

    JournalWriter(OpenDirectory.Plan plan, Consumer<String> complaints) {
        this.plan = plan;
        this.complaints = complaints;
    }

    OpenDirectory open(ReplayNotes notes) throws IOException {
        OpenDirectory opened = OpenDirectory.open(plan, notes, complaints);
        directory = opened;
        return opened;
    }

    void add(byte[] line) {
        backlog.add(line);
    }

    /**
     * Writes all that waits. Whoever interrupts a thread wants it to end, not the entry to be lost: the interrupt is kept
     * for later.
     *
     * @throws IOException if some of it still waits
     */
    void writeAll() throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            writeOnce();
        } catch (ClosedByInterruptException e) {
            interrupted |= Thread.interrupted();
            writeOnce();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void writeOnce() throws IOException {
        Segments segments = ours().segments();
        while (!backlog.isEmpty()) {
            int count = segments.append(backlog.lines());
            backlog.removeFirst(count);
            written += count;
        }
    }

    private OpenDirectory ours() throws IOException {
        OpenDirectory current = directory;
        if (current != null && current.isStillOurs()) {
            return current;
        }
        close();
        ReplayNotes notes = new ReplayNotes(entry -> {});
        OpenDirectory opened = open(notes);
        notes.replay().warnings().forEach(complaints);
        return opened;
    }

    /** Entries that the disk has. */
    long written() {
        return written;
    }

    int waiting() {
        return backlog.size();
    }

    /** Entries that waited too long, and were pushed out. */
    long dropped() {
        return backlog.dropped();
    }

    @Override
    public void close() throws IOException {
        OpenDirectory current = directory;
        directory = null;
        if (current != null) {
            current.close();
        }
    }
}
