package io.statehub.sidecar.journal.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names in a journal's directory. */
record FileNames(Path directory) {

    private static final Pattern SEGMENT = Pattern.compile("failovers-(\\d{6,12})\\.jsonl");

    Path lock() {
        return directory.resolve("lock");
    }

    Path checkpoint() {
        return directory.resolve("checkpoint.json");
    }

    Path events() {
        return directory.resolve("events.jsonl");
    }

    Path quarantine() {
        return directory.resolve("quarantine.jsonl");
    }

    /** What a file is written to before it takes the file's name. */
    static Path copy(Path file) {
        return file.resolveSibling(file.getFileName() + ".tmp");
    }

    /** The files of format 1, oldest first. */
    List<Path> segments() throws IOException {
        TreeMap<Long, Path> segments = new TreeMap<>();
        for (Path file : matching("failovers-*.jsonl")) {
            Matcher name = SEGMENT.matcher(file.getFileName().toString());
            if (name.matches()) {
                segments.put(Long.valueOf(name.group(1)), file);
            }
        }
        return List.copyOf(segments.values());
    }

    /** Files that only a program of format 1 has left unfinished. */
    Collection<Path> segmentCopies() throws IOException {
        return matching("failovers-*.jsonl.tmp");
    }

    /** Bytes of all lines that were set aside, those of format 1 among them. */
    long quarantined() throws IOException {
        long bytes = 0;
        for (Path file : matching("quarantine*.jsonl")) {
            bytes += Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
        }
        return bytes;
    }

    private List<Path> matching(String pattern) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, pattern)) {
            stream.forEach(files::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }
}
