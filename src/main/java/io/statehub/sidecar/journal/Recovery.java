package io.statehub.sidecar.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** Reads the segments of a directory, oldest first, and puts right what a crash or a bad disk has left. */
final class Recovery {

    private static final Logger LOG = Logger.getLogger(Recovery.class);

    private final Path directory;
    private final Limits limits;
    private final Storage storage;
    private final ReplayNotes notes;

    /** Bytes of the segments that are ours to append to and to delete, by number. */
    private final NavigableMap<Long, Long> sizes = new TreeMap<>();

    private long highest;
    private long quarantined;

    Recovery(Path directory, Limits limits, Storage storage, ReplayNotes notes) {
        this.directory = directory;
        this.limits = limits;
        this.storage = storage;
        this.notes = notes;
    }

    /** Only with the lock. */
    Recovery repair() throws IOException {
        FileNames.deleteCopies(directory);
        quarantined = FileNames.quarantined(directory);
        NavigableMap<Long, Path> segments = FileNames.segments(directory);
        for (Map.Entry<Long, Path> segment : segments.entrySet()) {
            highest = segment.getKey();
            repair(segment.getKey(), segment.getValue(), segment.getKey().equals(segments.lastKey()));
        }
        return this;
    }

    /** Changes nothing, so it needs no lock. Where there is nothing to read there are no entries. */
    void readOnly() {
        try {
            for (Path segment : FileNames.segments(directory).values()) {
                readOnly(segment);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            LOG.debugf("no journal yet: %s", e.getMessage());
        } catch (IOException e) {
            notes.warn(directory + " can't be read either, so nothing is known of earlier entries: " + Reasons.of(e));
        }
    }

    private void readOnly(Path segment) {
        try {
            SegmentScan scan = scan(segment);
            if (scan.corrupt() > 0) {
                notes.warn(segment + ": " + scan.corruptLines() + " corrupt, skipped");
            }
        } catch (IOException e) {
            notes.warn(segment + " could not be read, skipped: " + Reasons.of(e));
        }
    }

    private SegmentScan scan(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("it is not a regular file");
        }
        return SegmentScan.of(file, notes);
    }

    private void repair(long number, Path file, boolean newest) {
        SegmentScan scan;
        try {
            scan = scan(file);
        } catch (IOException e) {
            notes.warn(file + " could not be read, left alone: " + Reasons.of(e));
            return;
        }
        if (scan.foreignVersion().isPresent()) {
            notes.warn(file + " has lines of version " + scan.foreignVersion().get()
                    + ", left alone: this program knows version " + JournalLine.VERSION);
            return;
        }
        try {
            sizes.put(number, repaired(number, file, newest, scan));
        } catch (IOException e) {
            notes.warn(file + " could not be repaired, so " + scan.corrupt() + " corrupt lines stay in it, skipped: "
                    + Reasons.of(e));
        }
    }

    /** Bytes that the file has afterwards. */
    private long repaired(long number, Path file, boolean newest, SegmentScan scan) throws IOException {
        boolean torn = newest && scan.hasCorruptEnd();
        long size = scan.size();
        if (torn) {
            cut(file, scan.lastOffset());
            notes.warn(file + ": line " + scan.lines() + ", the last one, is torn: its "
                    + (scan.size() - scan.lastOffset()) + " bytes were cut off");
            size = scan.lastOffset();
        } else if (scan.lacksOnlyTheEnd()) {
            end(file);
            size++;
        }
        return scan.corrupt() > (torn ? 1 : 0) ? withoutCorruptLines(number, file, torn, scan) : size;
    }

    private long withoutCorruptLines(long number, Path file, boolean torn, SegmentScan scan) throws IOException {
        Path quarantine = FileNames.quarantine(directory, number);
        SegmentRepair repair = new SegmentRepair(storage, file, quarantine, limits.quarantineBytes() - quarantined);
        repair.run();
        Storage.forceDirectory(directory);
        quarantined += repair.quarantined();
        String lost = repair.lost() == 0
                ? ""
                : "; " + repair.lost() + " bytes of them were not kept, since quarantined lines may have "
                        + JournalLine.MAX_BYTES + " bytes each and " + limits.quarantineBytes() + " together";
        notes.warn(file + ": " + scan.corruptLines() + " corrupt, moved to " + quarantine
                + (torn ? " but for the last one" : "") + lost);
        return repair.kept();
    }

    private void cut(Path file, long size) throws IOException {
        try (Storage.Output output = storage.open(file)) {
            output.truncate(size);
        }
    }

    private void end(Path file) throws IOException {
        try (Storage.Output output = storage.open(file)) {
            output.append(new byte[] {'\n'});
            output.force();
        }
    }

    NavigableMap<Long, Long> sizes() {
        return new TreeMap<>(sizes);
    }

    /** The highest number of a segment, whoever's it is; 0 if there is none. */
    long highest() {
        return highest;
    }

    /** Bytes of quarantined lines. */
    long quarantined() {
        return quarantined;
    }
}
