package io.statehub.sidecar.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of the machine that a test runs to their end, where they are installed. */
public final class Program {

    private static final int MAX_SECONDS = 300;

    private Program() {}

    /** How a program ended, with all that it said. */
    public record Ended(int code, String output) {}

    /**
     * Demands programs by their names on the PATH; {@link Machine} says what becomes of a test where one is missing.
     */
    public static void require(String... names) {
        for (String name : names) {
            Machine.require(missing(name));
        }
    }

    private static Optional<String> missing(String name) {
        return missing(name, System.getenv("PATH"));
    }

    static Optional<String> missing(String name, String path) {
        return find(name, path).isPresent() ? Optional.empty() : Optional.of(name + " is not on the PATH");
    }

    /** Where the program of this name is. */
    public static Path path(String name) {
        return find(name, System.getenv("PATH")).orElseThrow(() -> new AssertionError(name + " is not on the PATH"));
    }

    /** For nobody else: a test that asks whether a program is there would leave something out where it isn't. */
    private static Optional<Path> find(String name, String path) {
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs a command to its end; one that doesn't end is killed. */
    public static Ended run(List<String> command) {
        try {
            Path output = Files.createTempFile("program", ".out");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(command + " did not end within " + MAX_SECONDS + " s");
                }
                return new Ended(process.exitValue(), Files.readString(output, UTF_8));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(command + " was interrupted", e);
        }
    }
}
