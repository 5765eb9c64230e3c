package io.statehub.sidecar.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Takes the corrupt lines out of a segment, once: they move to a file of their own, for a person to look at.
 *
 * <p>Every moment has all lines somewhere. The intact ones go to a copy, the others to the quarantine, both are forced,
 * and only then the copy takes the segment's name. A process that ends before that starts again.
 */
final class SegmentRepair {

    private static final int CHUNK = 1 << 16;

    private final Storage storage;
    private final Path segment;
    private final Path quarantine;
    private final long room;

    private long quarantined;
    private long lost;
    private long kept;

    /** @param room bytes that the quarantine may still take */
    SegmentRepair(Storage storage, Path segment, Path quarantine, long room) {
        this.storage = storage;
        this.segment = segment;
        this.quarantine = quarantine;
        this.room = Math.max(0, room);
    }

    /** @throws IOException if nothing was changed: the segment is as it was, and so is the quarantine */
    void run() throws IOException {
        Path copy = FileNames.copy(segment);
        Files.deleteIfExists(copy);
        boolean isNew = !Files.exists(quarantine);
        try (Storage.Output good = storage.create(copy);
                Storage.Output bad = isNew ? storage.create(quarantine) : storage.open(quarantine)) {
            long before = bad.size();
            try {
                divide(good, bad);
                bad.force();
                good.force();
                Files.move(copy, segment, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                undo(bad, before, copy, e);
                throw e;
            }
        }
    }

    private void divide(Storage.Output good, Storage.Output bad) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK);
        try (LineReader reader = LineReader.open(segment, JournalLine.MAX_BYTES)) {
            while (reader.next()) {
                if (reader.read() instanceof JournalLine.Intact) {
                    chunk.writeBytes(reader.bytes());
                    chunk.write('\n');
                } else {
                    setAside(reader, bad);
                }
                if (chunk.size() >= CHUNK) {
                    flush(chunk, good);
                }
            }
        }
        flush(chunk, good);
    }

    private void flush(ByteArrayOutputStream chunk, Storage.Output good) throws IOException {
        good.append(chunk.toByteArray());
        kept += chunk.size();
        chunk.reset();
    }

    private void setAside(LineReader reader, Storage.Output bad) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes(reader.bytes());
        line.write('\n');
        if (quarantined + line.size() <= room) {
            bad.append(line.toByteArray());
            quarantined += line.size();
            lost += Math.max(0, reader.length() - line.size());
        } else {
            lost += reader.length();
        }
    }

    private void undo(Storage.Output bad, long size, Path copy, IOException failure) {
        try {
            bad.truncate(size);
            if (size == 0) {
                Files.deleteIfExists(quarantine);
            }
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Bytes that the segment has now. */
    long kept() {
        return kept;
    }

    /** Bytes that went to the quarantine. */
    long quarantined() {
        return quarantined;
    }

    /** Bytes that didn't fit there. */
    long lost() {
        return lost;
    }
}
