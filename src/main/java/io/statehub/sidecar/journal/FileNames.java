package io.statehub.sidecar.journal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names in a journal's directory. */
final class FileNames {

    static final String LOCK = "lock";

    private static final Pattern SEGMENT = Pattern.compile("failovers-(\\d{6,12})\\.jsonl");
    private static final String QUARANTINE = "quarantine-*.jsonl";
    private static final String COPIES = "failovers-*.jsonl.tmp";

    private FileNames() {}

    static Path segment(Path directory, long number) {
        return directory.resolve("failovers-%06d.jsonl".formatted(number));
    }

    /** Where the bad lines of a segment are kept. */
    static Path quarantine(Path directory, long number) {
        return directory.resolve("quarantine-%06d.jsonl".formatted(number));
    }

    /** What a segment is rewritten to before it is replaced. */
    static Path copy(Path segment) {
        return segment.resolveSibling(segment.getFileName() + ".tmp");
    }

    /** The segments by number, which is their age: oldest first. */
    static NavigableMap<Long, Path> segments(Path directory) throws IOException {
        NavigableMap<Long, Path> segments = new TreeMap<>();
        for (Path file : matching(directory, "*")) {
            Matcher name = SEGMENT.matcher(file.getFileName().toString());
            if (name.matches()) {
                segments.put(Long.valueOf(name.group(1)), file);
            }
        }
        return segments;
    }

    /** Bytes of all quarantined lines. */
    static long quarantined(Path directory) throws IOException {
        long bytes = 0;
        for (Path file : matching(directory, QUARANTINE)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    /** Removes copies that were not finished when a process ended; what they were made of is still there. */
    static void deleteCopies(Path directory) throws IOException {
        for (Path file : matching(directory, COPIES)) {
            Files.deleteIfExists(file);
        }
    }

    private static List<Path> matching(Path directory, String pattern) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, pattern)) {
            stream.forEach(files::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }
}
