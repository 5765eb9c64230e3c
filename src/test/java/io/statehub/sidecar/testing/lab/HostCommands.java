package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Short commands of the operating system, each with a deadline. */
final class HostCommands {

    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final Duration END = Duration.ofSeconds(60);
    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static @Nullable List<String> unprivileged;

    private HostCommands() {}

    /**
     * What must stand before a PostgreSQL command. PostgreSQL refuses to run as root; in a user namespace of its own
     * the same process is nobody to itself, while files and signals work as before, and the process id stays.
     */
    static synchronized List<String> unprivileged() {
        if (unprivileged == null) {
            unprivileged = isRoot() ? namespacePrefix() : List.of();
        }
        return unprivileged;
    }

    static String run(List<String> command) {
        RUNNING.incrementAndGet();
        try {
            Path output = Files.createTempFile("statehub-lab", ".out");
            try {
                // A file, not a pipe: a background process that inherited a pipe would keep its reader waiting.
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                return finish(process, command, output);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException failure) {
            throw new LabException("cannot run " + command.get(0) + ": " + failure.getMessage(), failure);
        } finally {
            RUNNING.decrementAndGet();
        }
    }

    /**
     * Waits for the commands of other threads, which the end of the JVM would leave alone: an initdb whose directory
     * disappears leaves shared memory behind.
     */
    static void awaitEnd() {
        Waiting.require("running commands ended", END, () -> RUNNING.get() == 0, () -> "");
    }

    /** Sends the signal to every process that still exists. */
    static void signal(String signal, List<Long> pids) {
        List<String> command = new ArrayList<>(List.of("sh", "-c"));
        // One process that ended meanwhile must not make the whole command fail.
        command.add("for pid; do kill -" + signal
                + " \"$pid\" 2>/dev/null || ! kill -0 \"$pid\" 2>/dev/null || exit 1; done");
        command.add("signal");
        pids.forEach(pid -> command.add(Long.toString(pid)));
        run(command);
    }

    private static String finish(Process process, List<String> command, Path output) throws IOException {
        try {
            if (!process.waitFor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new LabException("%s: still running after %s".formatted(command, DEADLINE));
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while running " + command, interrupted);
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            throw new LabException("%s: exit code %d%n%s".formatted(command, process.exitValue(), text));
        }
        return text;
    }

    private static boolean isRoot() {
        return run(List.of("id", "-u")).strip().equals("0");
    }

    private static List<String> namespacePrefix() {
        List<String> prefix = List.of("unshare", "-U");
        try {
            run(List.of("unshare", "-U", "true"));
        } catch (LabException failure) {
            throw new LabException(
                    "PostgreSQL refuses to run as root, and 'unshare -U' does not work here: run as another user",
                    failure);
        }
        return prefix;
    }
}
