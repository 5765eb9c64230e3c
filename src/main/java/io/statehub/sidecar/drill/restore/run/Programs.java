package io.statehub.sidecar.drill.restore.run;

import io.statehub.sidecar.drill.ProcessTree;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Programs of this machine: PostgreSQL's, and a few of the system. Used by one thread; {@link #close} by any.
 *
 * <p>Variables of libpq that the operator has set, such as {@code PGHOSTADDR}, would lead them elsewhere, so they get
 * none of those.
 */
final class Programs implements AutoCloseable {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final int MOST_OUTPUT = 64 << 10;
    private static final int TOLD = 600;
    private static final String DISK_FULL = "No space left on device";
    private static final long LOOK_MILLIS = 1000;

    private final Optional<Path> bin;
    private final Path folder;
    private final Room room;
    private @Nullable Process running;
    private boolean closed;

    /**
     * Looks for nothing yet.
     *
     * @param bin where PostgreSQL's programs are; empty to look on the PATH and where Debian has them
     * @param folder for what programs say
     * @param room that they may take
     */
    Programs(Optional<Path> bin, Path folder, Room room) {
        this.bin = bin;
        this.folder = folder;
        this.room = room;
    }

    Room room() {
        return room;
    }

    /** Where a program of PostgreSQL is, by its name. */
    Path path(String name) throws BackupException {
        List<Path> folders = new ArrayList<>();
        bin.ifPresent(folders::add);
        if (bin.isEmpty()) {
            folders.addAll(onPath());
            folders.addAll(debian());
        }
        return find(name, folders)
                .orElseThrow(() -> BackupException.notRun("the program " + name + " is missing: looked in " + folders
                        + "; --pg-bin names the folder with PostgreSQL's programs"));
    }

    /** Where another program is, by its name. */
    Path other(String name) throws BackupException {
        return find(name, onPath())
                .orElseThrow(
                        () -> BackupException.notRun("the program " + name + " is missing: it is not on the PATH"));
    }

    private static Optional<Path> find(String name, List<Path> folders) {
        return folders.stream()
                .map(each -> each.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static List<Path> onPath() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }

    /** Newest first. */
    private static List<Path> debian() throws BackupException {
        if (!Files.isDirectory(DEBIAN)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.filter(version -> version.getFileName().toString().matches("\\d{1,4}"))
                    .sorted(Comparator.comparing((Path version) ->
                                    Integer.parseInt(version.getFileName().toString()))
                            .reversed())
                    .map(version -> version.resolve("bin"))
                    .toList();
        } catch (IOException e) {
            throw BackupException.notRun(DEBIAN + " can't be read", e);
        }
    }

    /** What must stand before a server's program: as root PostgreSQL runs in a user namespace alone. */
    List<String> unprivileged() throws BackupException {
        try {
            boolean root = Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid"));
            return root ? List.of(other("unshare").toString(), "-U") : List.of();
        } catch (IOException e) {
            throw BackupException.notRun(folder + " can't be read", e);
        }
    }

    /** Runs a program to its end; the beginning of what it wrote to the standard output. */
    String run(List<String> command, Map<String, String> environment, String input)
            throws BackupException, InterruptedException, ProgramFailedException {
        try {
            Path out = Files.createTempFile(folder, "program", ".out");
            run(builder(command, environment).redirectOutput(out.toFile()), process -> {
                give(input, process);
                while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    room.require(0);
                }
                room.require(0);
            });
            return head(out);
        } catch (IOException e) {
            throw BackupException.notRun(command.get(0) + " can't be run", e);
        }
    }

    /** Runs a program to its end, with its standard output in a file. */
    void run(List<String> command, Path output) throws BackupException, InterruptedException, ProgramFailedException {
        try (OutputStream to = Files.newOutputStream(output)) {
            run(builder(command, Map.of()), process -> {
                process.getOutputStream().close();
                room.copy(process.getInputStream(), to);
            });
        } catch (IOException e) {
            throw BackupException.notRun(command.get(0) + " can't be run", e);
        }
    }

    /** A program ended with another exit code than 0; the message is the end of what it said. */
    static final class ProgramFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        ProgramFailedException(String message) {
            super(message);
        }
    }

    /** What is done while a program runs. */
    @FunctionalInterface
    private interface Meanwhile {
        void with(Process process) throws IOException, BackupException, InterruptedException;
    }

    private void run(ProcessBuilder builder, Meanwhile meanwhile)
            throws IOException, BackupException, InterruptedException, ProgramFailedException {
        Path errors = Files.createTempFile(folder, "program", ".err");
        Process process = started(builder.redirectError(errors.toFile()));
        try {
            meanwhile.with(process);
            int code = process.waitFor();
            if (code != 0) {
                throw failed(Path.of(builder.command().get(0)).getFileName() + " ended with exit code " + code + ": "
                        + told(errors));
            }
        } finally {
            ProcessTree.end(process, Duration.ZERO);
        }
    }

    /** A full disk is no fault of the backup's, whoever complains of it. */
    private static ProgramFailedException failed(String said) throws BackupException {
        if (said.contains(DISK_FULL)) {
            throw BackupException.notRun("the disk is full: " + said);
        }
        return new ProgramFailedException(said);
    }

    private static ProcessBuilder builder(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static void give(String input, Process process) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended before it read everything: its exit code says why.
            process.onExit().join();
        }
    }

    private synchronized Process started(ProcessBuilder builder) throws IOException {
        if (closed) {
            throw new IOException("everything is being ended");
        }
        Process started = builder.start();
        running = started;
        return started;
    }

    /** Ends the one that runs, and starts no more: a server rolls back what a program of ours left undone. */
    @Override
    public synchronized void close() {
        closed = true;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroy();
        }
    }

    private static String head(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
        }
    }

    /** The beginning of what it complained of: what follows is mostly a consequence. */
    private static String told(Path errors) throws IOException {
        String text = head(errors).strip().replaceAll("\\s*\\R\\s*", "; ");
        return text.length() > TOLD ? text.substring(0, TOLD) + " …" : text;
    }
}
