package io.statehub.sidecar.journal.file;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.time.TimeSource;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Numbered incidents, and what a directory has of them. */
final class Numbered {

    static final Limits LIMITS = new Limits(Limits.MIN_BYTES);

    private Numbered() {}

    static byte[] line(int number) {
        return line(number, 0);
    }

    static byte[] line(int number, int padding) {
        return SealedLine.of(LineKind.INCIDENT, members(number, "zażółć \"\n\u2028 gęślą " + "x".repeat(padding)));
    }

    static byte[] checkpoint(int number) {
        return SealedLine.of(LineKind.CHECKPOINT, members(number, "checkpoint"));
    }

    private static JsonObject members(int number, String text) {
        return JSON.createObjectBuilder().add("n", number).add("text", text).build();
    }

    /** What the next process would find. */
    static final class Found implements LineSink {
        final List<Integer> incidents = new ArrayList<>();
        final List<Integer> checkpoints = new ArrayList<>();
        final List<String> complaints = new ArrayList<>();

        @Override
        public boolean wants(LineKind kind) {
            return kind == LineKind.INCIDENT || (kind == LineKind.CHECKPOINT && checkpoints.isEmpty());
        }

        @Override
        public void take(LineKind kind, JsonObject line) {
            int number = line.getInt("n");
            if (number < 0) {
                throw new IllegalArgumentException("a negative number");
            }
            if (kind == LineKind.INCIDENT) {
                incidents.add(0, number);
            } else {
                checkpoints.add(number);
            }
        }
    }

    static JournalDirectory open(Path directory, Disk disk, Found found) throws IOException {
        return JournalDirectory.open(
                directory, LIMITS, new TimedDisk(disk, TimeSource.system()), found, found.complaints::add);
    }

    static JournalDirectory open(Path directory) throws IOException {
        return open(directory, Disk.real(), new Found());
    }

    static Found found(Path directory) throws IOException {
        Found found = new Found();
        open(directory, Disk.real(), found).close();
        return found;
    }

    /** What is there, while nothing may be changed. */
    static Found read(Path directory) {
        Found found = new Found();
        JournalDirectory.read(directory, Disk.real(), found, found.complaints::add);
        return found;
    }

    static void append(JournalDirectory to, int... numbers) throws IOException {
        append(to, Arrays.stream(numbers).mapToObj(Numbered::line).toList());
    }

    static void append(JournalDirectory to, List<byte[]> lines) throws IOException {
        for (int done = 0; done < lines.size(); ) {
            done += to.append(lines.subList(done, lines.size()), List::of);
        }
    }

    static void write(Path directory, int... numbers) throws IOException {
        try (JournalDirectory journal = open(directory)) {
            append(journal, numbers);
        }
    }

    static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    static Path events(Path directory) {
        return new FileNames(directory).events();
    }

    static Path checkpointFile(Path directory) {
        return new FileNames(directory).checkpoint();
    }

    static Path quarantine(Path directory) {
        return new FileNames(directory).quarantine();
    }

    static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static long bytes(Path directory) throws IOException {
        long bytes = 0;
        for (String name : names(directory)) {
            bytes += Files.size(directory.resolve(name));
        }
        return bytes;
    }
}
