package io.statehub.sidecar.journal.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Writes a file again from the lines of old ones. Lines that are damaged, or that nobody understands, are set aside
 * first, so every moment has all lines somewhere.
 */
final class Rewrite {

    private static final int CHUNK = 1 << 16;

    private final Disk disk;
    private final Quarantine quarantine;
    private final Set<LineIndex.Line> notUnderstood;

    private final List<String> setAside = new ArrayList<>();

    Rewrite(Disk disk, Quarantine quarantine, Set<LineIndex.Line> notUnderstood) {
        this.disk = disk;
        this.quarantine = quarantine;
        this.notUnderstood = notUnderstood;
    }

    /**
     * Replaces {@code target} by what is to be kept of the sources, which come oldest first and may have it among them.
     *
     * @return bytes that the target has now
     * @throws IOException if the target is what it was
     */
    long of(List<Path> sources, Path target, Predicate<LineIndex.Line> kept) throws IOException {
        return AtomicFile.replace(disk, target, file -> {
            for (Path source : sources) {
                copy(source, file, kept);
            }
            quarantine.close();
        });
    }

    private void copy(Path source, Disk.Output file, Predicate<LineIndex.Line> kept) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK);
        LineNumbers damaged = new LineNumbers();
        try (LineReader reader = LineReader.open(disk, source)) {
            while (reader.next()) {
                Optional<LineIndex.Line> line = LineIndex.line(source, reader);
                if (line.isEmpty() || notUnderstood.contains(line.get())) {
                    quarantine.add(reader.bytes(), reader.length());
                    damaged.add(reader.number());
                } else if (kept.test(line.get())) {
                    chunk.writeBytes(SealedLine.withEnd(reader.bytes()));
                }
                if (chunk.size() >= CHUNK) {
                    file.append(chunk.toByteArray());
                    chunk.reset();
                }
            }
        }
        file.append(chunk.toByteArray());
        if (damaged.any()) {
            setAside.add(source + ": " + damaged);
        }
    }

    /** The lines that were set aside, a text for each file that had some. */
    List<String> setAside() {
        return setAside;
    }
}
