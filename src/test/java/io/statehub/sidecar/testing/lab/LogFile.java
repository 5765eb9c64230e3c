package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a program of the lab wrote. */
record LogFile(Path path) {

    private static final int TAIL_LINES = 40;

    String tail() {
        if (!Files.exists(path)) {
            return "(there is no %s yet)".formatted(path);
        }
        try (Stream<String> lines = Files.lines(path)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - TAIL_LINES), all.size()));
        } catch (IOException failure) {
            return "(cannot read %s: %s)".formatted(path, failure);
        }
    }
}
