package io.statehub.sidecar.journal.file;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one file that grows: a line for each event and for each incident that ended. When it is full, the oldest are left
 * out.
 */
final class EventFile implements Closeable {

    private final FileNames names;
    private final Disk disk;
    private final Limits limits;

    private Disk.@Nullable Output output;
    /** Bytes that are good; the file may have more after a failure. */
    private long size;

    /** A file that is sound, or not there. */
    EventFile(FileNames names, Disk disk, Limits limits) throws IOException {
        this.names = names;
        this.disk = disk;
        this.limits = limits;
        this.size = disk.size(names.events()).orElse(0);
    }

    /**
     * Appends as many lines, from the first on, as there is room for at once; at least one.
     *
     * @param begin the lines that a new file begins with, oldest first: asked for if somebody has removed the old one
     * @return how many, all of them on the disk
     * @throws IOException if none is: what was written of them doesn't count, and is cut off now or by the next call
     */
    int append(List<byte[]> lines, Supplier<List<byte[]>> begin) throws IOException {
        if (!isInPlace()) {
            close();
            List<byte[]> beginning = begin.get();
            size = AtomicFile.replace(disk, names.events(), file -> writeNewest(beginning, file));
        }
        if (size + lines.get(0).length > limits.eventBytes()) {
            shorten();
        }
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        int count = 0;
        for (byte[] line : lines) {
            if (count > 0 && size + batch.size() + line.length > limits.eventBytes()) {
                break;
            }
            batch.writeBytes(line);
            count++;
        }
        write(batch.toByteArray());
        return count;
    }

    private boolean isInPlace() throws IOException {
        return disk.size(names.events()).orElse(-1) >= size;
    }

    private void writeNewest(List<byte[]> lines, Disk.Output file) throws IOException {
        int first = lines.size();
        for (long bytes = 0; first > 0; first--) {
            bytes += lines.get(first - 1).length;
            if (bytes > limits.keptBytes()) {
                break;
            }
        }
        for (byte[] line : lines.subList(first, lines.size())) {
            file.append(line);
        }
    }

    private void shorten() throws IOException {
        close();
        Path file = names.events();
        LineIndex index = new LineIndex();
        index.add(disk, file);
        Set<LineIndex.Line> kept = index.newest(limits.keptBytes());
        try (Quarantine quarantine = new Quarantine(names, disk, limits)) {
            size = new Rewrite(disk, quarantine, Set.of()).of(List.of(file), names.events(), kept::contains);
        }
    }

    private void write(byte[] batch) throws IOException {
        Disk.Output file = output;
        if (file == null) {
            file = disk.open(names.events());
            output = file;
        }
        try {
            if (file.size() > size) {
                file.truncate(size);
            }
            file.append(batch);
            file.force();
        } catch (IOException e) {
            abandon(file, e);
            throw e;
        }
        size += batch.length;
    }

    /** After a failure the file is opened again. */
    private void abandon(Disk.Output file, IOException failure) {
        output = null;
        try (file) {
            file.truncate(size);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        Disk.Output file = output;
        output = null;
        if (file != null) {
            file.close();
        }
    }
}
