package io.statehub.sidecar.journal;

import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The files that are written: appends to the newest, begins the next, deletes the oldest. */
final class Segments implements Closeable {

    private final Path directory;
    private final Limits limits;
    private final Storage storage;
    private final Supplier<List<JsonObject>> carriedOver;
    private final Consumer<String> complaints;

    /** Bytes that are good in each segment that is ours, by number; the newest file may have more after a failure. */
    private final NavigableMap<Long, Long> sizes;

    private final long quarantined;
    private long highest;
    private Storage.@Nullable Output output;

    /** @param complaints takes what went wrong beside the writing itself */
    Segments(
            Path directory,
            Limits limits,
            Storage storage,
            Supplier<List<JsonObject>> carriedOver,
            Consumer<String> complaints,
            Recovery recovered) {
        this.directory = directory;
        this.limits = limits;
        this.storage = storage;
        this.carriedOver = carriedOver;
        this.complaints = complaints;
        this.sizes = recovered.sizes();
        this.quarantined = recovered.quarantined();
        this.highest = recovered.highest();
    }

    /**
     * Appends as many lines, from the first on, as the current segment takes; at least one.
     *
     * @return how many, all of them on the disk
     * @throws IOException if none is: what was written of them doesn't count, and is cut off now or by the next call
     */
    int append(Iterable<byte[]> lines) throws IOException {
        byte[] first = lines.iterator().next();
        if (!isUsable() || size() + first.length > limits.segmentBytes()) {
            begin(first.length);
        }
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        int count = 0;
        for (byte[] line : lines) {
            if (count > 0 && size() + batch.size() + line.length > limits.segmentBytes()) {
                break;
            }
            batch.writeBytes(line);
            count++;
        }
        write(batch.toByteArray());
        return count;
    }

    private void write(byte[] batch) throws IOException {
        Storage.Output file = output;
        if (file == null) {
            file = storage.open(newest());
            output = file;
        }
        long good = size();
        try {
            if (file.size() > good) {
                file.truncate(good);
            }
            file.append(batch);
            file.force();
        } catch (IOException e) {
            abandon(file, good, e);
            throw e;
        }
        sizes.put(highest, good + batch.length);
    }

    /** After a failure the file is opened anew: an interrupt, for one, closes it for good. */
    private void abandon(Storage.Output file, long good, IOException failure) {
        output = null;
        try (file) {
            file.truncate(good);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Whether the newest file is ours, still there, and not shorter than we left it. */
    private boolean isUsable() throws IOException {
        return sizes.containsKey(highest) && Files.isRegularFile(newest()) && Files.size(newest()) >= size();
    }

    private Path newest() {
        return FileNames.segment(directory, highest);
    }

    private long size() {
        return sizes.getOrDefault(highest, 0L);
    }

    /** What must not be lost is on the disk in the new segment before an old one goes. */
    private void begin(int reserved) throws IOException {
        close();
        byte[] carried = carried(limits.segmentBytes() - reserved);
        Path path = FileNames.segment(directory, highest + 1);
        Storage.Output created;
        try {
            created = storage.create(path);
        } catch (FileAlreadyExistsException e) {
            highest++;
            throw e;
        }
        try {
            created.append(carried);
            created.force();
        } catch (IOException e) {
            discard(created, path, e);
            throw e;
        }
        Storage.forceDirectory(directory);
        highest++;
        sizes.put(highest, (long) carried.length);
        output = created;
        deleteOldest();
    }

    private byte[] carried(long room) {
        ByteArrayOutputStream carried = new ByteArrayOutputStream();
        int left = 0;
        for (JsonObject body : carriedOver.get()) {
            byte[] line = JournalLine.encode(body);
            if (carried.size() + line.length <= room) {
                carried.writeBytes(line);
            } else {
                left++;
            }
        }
        if (left > 0) {
            complaints.accept(
                    directory + ": " + left + " entries that should be carried over do not fit into a new segment of "
                            + limits.segmentBytes() + " bytes");
        }
        return carried.toByteArray();
    }

    private void discard(Storage.Output created, Path path, IOException failure) {
        try (created) {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void deleteOldest() {
        try {
            while (sizes.size() > 1 && older() + limits.segmentBytes() + quarantined > limits.maxBytes()) {
                Files.deleteIfExists(FileNames.segment(directory, sizes.firstKey()));
                sizes.pollFirstEntry();
            }
        } catch (IOException e) {
            complaints.accept(directory + ": the oldest segment can't be deleted, so there may be more than "
                    + limits.maxBytes() + " bytes: " + Reasons.of(e));
        }
    }

    private long older() {
        return sizes.headMap(highest, false).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public void close() throws IOException {
        Storage.Output file = output;
        output = null;
        if (file != null) {
            file.close();
        }
    }
}
