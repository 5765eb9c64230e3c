package io.statehub.sidecar.journal.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/** Where the whole lines of some files are. The files are read along, and no line is held. */
final class LineIndex {

    /**
     * Lines that are remembered, the newest: older ones are neither read at a start nor kept when a file is shortened.
     */
    static final int MOST_LINES = 20_000;

    private final Deque<Line> lines = new ArrayDeque<>();
    private boolean sound = true;

    /**
     * A whole line.
     *
     * @param length bytes, without its end
     */
    record Line(Path file, long offset, int length, LineKind kind) {

        byte[] bytes(Disk disk) throws IOException {
            try (InputStream in = disk.read(file, offset)) {
                byte[] bytes = in.readNBytes(length);
                if (bytes.length < length) {
                    throw new IOException(file + " became shorter while it was read");
                }
                return bytes;
            }
        }
    }

    /** The line that a reader stands on, if it is whole. */
    static Optional<Line> line(Path file, LineReader reader) {
        byte[] bytes = reader.bytes();
        return reader.tooLong()
                ? Optional.empty()
                : SealedLine.kind(bytes).map(kind -> new Line(file, reader.offset(), bytes.length, kind));
    }

    /** Adds the lines of a file that is younger than those before it. */
    void add(Disk disk, Path file) throws IOException {
        try (LineReader reader = LineReader.open(disk, file)) {
            while (reader.next()) {
                Optional<Line> line = line(file, reader);
                line.ifPresent(this::add);
                sound &= line.isPresent() && reader.terminated();
            }
        }
    }

    private void add(Line line) {
        lines.addLast(line);
        if (lines.size() > MOST_LINES) {
            lines.removeFirst();
        }
    }

    /** Whether every line was whole, its end included. */
    boolean sound() {
        return sound;
    }

    Iterator<Line> newestFirst() {
        return lines.descendingIterator();
    }

    /** The newest lines that fit: incidents in three quarters of the room, and events in what they leave. */
    Set<Line> newest(long room) {
        Set<Line> kept = new HashSet<>();
        long left = room - keep(LineKind.INCIDENT, room / 4 * 3, kept);
        keep(LineKind.EVENT, left, kept);
        return kept;
    }

    private long keep(LineKind kind, long room, Set<Line> kept) {
        long bytes = 0;
        for (Iterator<Line> each = newestFirst(); each.hasNext(); ) {
            Line line = each.next();
            if (line.kind() == kind) {
                if (bytes + line.length() + 1 > room) {
                    break;
                }
                bytes += line.length() + 1;
                kept.add(line);
            }
        }
        return bytes;
    }
}
