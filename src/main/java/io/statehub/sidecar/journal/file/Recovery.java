package io.statehub.sidecar.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads a directory and puts right what a crash, a bad disk or an older program has left. Only with the lock. */
final class Recovery {

    private final FileNames names;
    private final Disk disk;
    private final Limits limits;
    private final Consumer<String> complaints;
    private final Replay replay;

    Recovery(FileNames names, Disk disk, Limits limits, LineSink sink, Consumer<String> complaints) {
        this.names = names;
        this.disk = disk;
        this.limits = limits;
        this.complaints = complaints;
        this.replay = new Replay(names, disk, sink, complaints);
    }

    /**
     * @throws IOException if nothing can be written here, or a newer program has written; what was taken until then
     *     stands
     */
    void run() throws IOException {
        NewerFormatException.check(disk, names.checkpoint());
        NewerFormatException.check(disk, names.events());
        replay.find();
        boolean sound = replay.checkpoint();
        replay.pass();
        deleteCopies();
        try (Quarantine quarantine = new Quarantine(names, disk, limits)) {
            if (!sound) {
                quarantine.addAll(names.checkpoint());
                disk.delete(names.checkpoint());
                complaints.accept(
                        names.checkpoint() + " is damaged or not understood, moved to " + quarantine.described());
            }
            events(quarantine);
        }
        if (replay.olderCheckpoint().isPresent()) {
            byte[] line = replay.olderCheckpoint().get().bytes(disk);
            AtomicFile.replace(disk, names.checkpoint(), file -> file.append(SealedLine.withEnd(line)));
        }
        for (Path segment : replay.segments()) {
            disk.delete(segment);
        }
    }

    /** Copies that were not finished when a process ended; what they were made of is still there. */
    private void deleteCopies() throws IOException {
        disk.delete(FileNames.copy(names.checkpoint()));
        disk.delete(FileNames.copy(names.events()));
        for (Path copy : names.segmentCopies()) {
            disk.delete(copy);
        }
    }

    private void events(Quarantine quarantine) throws IOException {
        boolean older = !replay.segments().isEmpty();
        if (replay.index().sound() && replay.notUnderstood().isEmpty() && !older) {
            return;
        }
        Rewrite rewrite = new Rewrite(disk, quarantine, replay.notUnderstood());
        rewrite.of(replay.sources(), names.events(), older ? fitting() : line -> true);
        rewrite.setAside()
                .forEach(lines ->
                        complaints.accept(lines + " damaged or not understood, moved to " + quarantine.described()));
        if (older) {
            complaints.accept(replay.segments().size() + " files of format 1 were taken over into " + names.events());
        }
    }

    private Predicate<LineIndex.Line> fitting() {
        Set<LineIndex.Line> newest = replay.index().newest(limits.keptBytes());
        return newest::contains;
    }
}
