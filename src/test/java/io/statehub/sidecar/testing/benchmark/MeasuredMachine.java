package io.statehub.sidecar.testing.benchmark;

import io.statehub.sidecar.testing.lab.PostgresLab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What was measured, and on what. */
final class MeasuredMachine {

    private final Path executable = Path.of(System.getProperty("sidecar.executable", ""));

    String describe(PostgresLab lab) {
        return describe(lab.primary().server().query("SHOW server_version").orElseThrow());
    }

    /** @param postgres the version of the servers */
    String describe(String postgres) {
        return "%s, %d cores, %s %s, PostgreSQL %s"
                .formatted(
                        isJar()
                                ? "JVM mode (Java %s, with the options of the image)".formatted(Runtime.version())
                                : "native executable",
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        postgres);
    }

    private boolean isJar() {
        return executable.toString().endsWith(".jar");
    }

    /** Bytes on disk: the executable, or all jars of the directory that the runnable jar needs. */
    long sizeOnDisk() throws IOException {
        Path directory = executable.toAbsolutePath().getParent();
        if (!isJar() || directory == null) {
            return Files.size(executable);
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(MeasuredMachine::size)
                    .sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
