package io.statehub.sidecar.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is in a segment, line by line: the intact ones are passed on, the others are counted and named. */
final class SegmentScan {

    /** Line numbers that a warning names. */
    private static final int MAX_NAMED = 10;

    private final Path file;

    private final List<Long> named = new ArrayList<>();
    private long corrupt;
    private long lines;
    private boolean lastIsCorrupt;
    private boolean lastIsTerminated = true;
    private long lastOffset;
    private long size;
    private Optional<String> foreignVersion = Optional.empty();

    private SegmentScan(Path file) {
        this.file = file;
    }

    static SegmentScan of(Path file, ReplayNotes into) throws IOException {
        SegmentScan scan = new SegmentScan(file);
        try (LineReader reader = LineReader.open(file, JournalLine.MAX_BYTES)) {
            while (reader.next()) {
                scan.line(reader, into);
            }
        }
        return scan;
    }

    private void line(LineReader reader, ReplayNotes into) {
        JournalLine.Reading reading = reader.read();
        lines = reader.number();
        lastIsCorrupt = reading instanceof JournalLine.Corrupt;
        lastIsTerminated = reader.terminated();
        lastOffset = reader.offset();
        size = reader.offset() + reader.length();
        if (reading instanceof JournalLine.Intact intact) {
            into.entry(file, reader.number(), intact.body());
        } else if (reading instanceof JournalLine.Foreign foreign) {
            foreignVersion = Optional.of(foreign.version());
        } else {
            corrupt++;
            if (named.size() < MAX_NAMED) {
                named.add(reader.number());
            }
        }
    }

    /** A version of which the file has a line, although we don't know it. */
    Optional<String> foreignVersion() {
        return foreignVersion;
    }

    /** Whether the last line is corrupt: torn, if nothing was written after it. */
    boolean hasCorruptEnd() {
        return lastIsCorrupt;
    }

    /** Whether the last line is whole but for its end. */
    boolean lacksOnlyTheEnd() {
        return !lastIsCorrupt && !lastIsTerminated;
    }

    /** Corrupt lines, the last one among them. */
    long corrupt() {
        return corrupt;
    }

    /** The number of the last line. */
    long lines() {
        return lines;
    }

    /** Where the last line begins, in bytes. */
    long lastOffset() {
        return lastOffset;
    }

    /** Bytes in the file. */
    long size() {
        return size;
    }

    /** Such as {@code line 3}, or {@code lines 3, 5 and 12 more}. */
    String corruptLines() {
        List<String> numbers = named.stream().map(String::valueOf).toList();
        String more = corrupt > named.size() ? " and " + (corrupt - named.size()) + " more" : "";
        return (corrupt == 1 ? "line " : "lines ") + String.join(", ", numbers) + more;
    }
}
