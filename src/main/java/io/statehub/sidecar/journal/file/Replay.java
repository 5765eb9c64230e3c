package io.statehub.sidecar.journal.file;

import io.statehub.sidecar.journal.file.LineIndex.Line;
import io.statehub.sidecar.system.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Passes on what a directory holds, and changes nothing. What is passed over is not read, so a large file costs little.
 */
final class Replay {

    private static final int MOST_EXPLAINED = 10;

    private final FileNames names;
    private final Disk disk;
    private final LineSink sink;
    private final Consumer<String> complaints;

    private final LineIndex index = new LineIndex();
    private final List<Path> segments = new ArrayList<>();
    private final Set<Line> notUnderstood = new HashSet<>();
    private Optional<Line> checkpoint = Optional.empty();
    private boolean events;

    Replay(FileNames names, Disk disk, LineSink sink, Consumer<String> complaints) {
        this.names = names;
        this.disk = disk;
        this.sink = sink;
        this.complaints = complaints;
    }

    /**
     * Finds all whole lines but the checkpoint's, oldest file first.
     *
     * @throws IOException if the file of events can't be read
     */
    void find() throws IOException {
        for (Path segment : names.segments()) {
            try {
                NewerFormatException.check(disk, segment);
                index.add(disk, segment);
                segments.add(segment);
            } catch (IOException e) {
                complaints.accept(segment + " is left alone: " + Refusal.of(e));
            }
        }
        events = disk.size(names.events()).isPresent();
        if (events) {
            index.add(disk, names.events());
        }
    }

    /**
     * Passes on the checkpoint.
     *
     * @return false if there is something in its place that makes no sense
     * @throws IOException if it can't be read
     */
    boolean checkpoint() throws IOException {
        if (disk.size(names.checkpoint()).isEmpty()) {
            return true;
        }
        try (LineReader reader = LineReader.open(disk, names.checkpoint())) {
            return reader.next()
                    && LineIndex.line(names.checkpoint(), reader)
                            .filter(line -> line.kind() == LineKind.CHECKPOINT)
                            .filter(line -> understood(line, reader.bytes()))
                            .isPresent();
        }
    }

    /** Passes on what was found, newest first. */
    void pass() throws IOException {
        for (Iterator<Line> each = index.newestFirst(); each.hasNext(); ) {
            Line line = each.next();
            if (sink.wants(line.kind())) {
                if (!understood(line, line.bytes(disk))) {
                    notUnderstood.add(line);
                } else if (line.kind() == LineKind.CHECKPOINT) {
                    checkpoint = Optional.of(line);
                }
            }
        }
    }

    private boolean understood(Line line, byte[] bytes) {
        try {
            sink.take(line.kind(), SealedLine.read(bytes));
            return true;
        } catch (RuntimeException | StackOverflowError e) {
            if (notUnderstood.size() < MOST_EXPLAINED) {
                complaints.accept(
                        line.file() + ": the line at byte " + line.offset() + " is whole and makes no sense: " + e);
            }
            return false;
        }
    }

    LineIndex index() {
        return index;
    }

    /** The files of format 1 that were read, oldest first. */
    List<Path> segments() {
        return segments;
    }

    /** All files that were read, oldest first. */
    List<Path> sources() {
        List<Path> sources = new ArrayList<>(segments);
        if (events) {
            sources.add(names.events());
        }
        return sources;
    }

    Set<Line> notUnderstood() {
        return notUnderstood;
    }

    /** The checkpoint that was taken, if it was in none but a file of format 1. */
    Optional<Line> olderCheckpoint() {
        return checkpoint;
    }
}
