package io.statehub.sidecar.journal.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Lines that make no sense, for a person to look at; once there are too many, the rest are let go. */
final class Quarantine implements Closeable {

    private final FileNames names;
    private final Disk disk;
    private final long most;

    private Disk.@Nullable Output output;
    private long bytes;
    private long lost;

    Quarantine(FileNames names, Disk disk, Limits limits) {
        this.names = names;
        this.disk = disk;
        this.most = limits.quarantineBytes();
    }

    /**
     * Sets a line aside.
     *
     * @param line without its end
     * @param length bytes that it has in its file, of which those given may be the first only
     */
    void add(byte[] line, long length) throws IOException {
        Disk.Output file = open();
        if (bytes + line.length + 1 > most) {
            lost += length;
            return;
        }
        byte[] whole = SealedLine.withEnd(line);
        file.append(whole);
        bytes += whole.length;
        lost += Math.max(0, length - whole.length);
    }

    /** Sets a whole file aside, which stays where it is. When this returns the disk has it. */
    void addAll(Path file) throws IOException {
        try (LineReader reader = LineReader.open(disk, file)) {
            while (reader.next()) {
                add(reader.bytes(), reader.length());
            }
        }
        close();
    }

    private Disk.Output open() throws IOException {
        Disk.Output file = output;
        if (file == null) {
            bytes = names.quarantined();
            boolean there = disk.size(names.quarantine()).isPresent();
            file = there ? disk.open(names.quarantine()) : disk.create(names.quarantine());
            if (!there) {
                Disk.forceDirectory(names.directory());
            }
            output = file;
        }
        return file;
    }

    /** Where the lines are, and what of them isn't. */
    String described() {
        return names.quarantine()
                + (lost == 0 ? "" : ", but for " + lost + " bytes: no more than " + most + " are kept there");
    }

    /** Only now what was set aside is on the disk. */
    @Override
    public void close() throws IOException {
        Disk.Output file = output;
        output = null;
        if (file != null) {
            try (file) {
                file.force();
            }
        }
    }
}
