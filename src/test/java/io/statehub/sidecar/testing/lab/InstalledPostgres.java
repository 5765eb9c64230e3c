package io.statehub.sidecar.testing.lab;

import io.statehub.sidecar.system.FileTree;
import io.statehub.sidecar.testing.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server of the machine's own PostgreSQL, which comes with programs that the lab's lacks, such as {@code pg_dump}.
 */
public final class InstalledPostgres implements AutoCloseable {

    /** What tests call of it, themselves or through Patroni; one that lacks any of them is not complete. */
    public static final List<String> PROGRAMS = List.of(
            "postgres",
            "initdb",
            "pg_ctl",
            "pg_controldata",
            "pg_isready",
            "pg_basebackup",
            "pg_rewind",
            "pg_dump",
            "pg_restore");

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final Duration STARTED = Duration.ofSeconds(90);
    private static final Duration GONE = Duration.ofSeconds(60);

    private final Path programs;
    private final Path data;
    private final int port = FreePorts.next();
    private final Superuser superuser = new Superuser("the installed PostgreSQL", port);
    private final LogFile log;
    private final Process postmaster;

    private InstalledPostgres(Path programs, Path directory) {
        this.programs = programs;
        this.data = directory.resolve("data");
        this.log = new LogFile(directory.resolve("server.log"));
        List<String> initialise = new ArrayList<>(HostCommands.unprivileged());
        initialise.addAll(List.of(programs.resolve("initdb").toString(), "-D", data.toString()));
        initialise.addAll(List.of("-U", LabRoles.SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"));
        HostCommands.run(initialise);
        this.postmaster = BackgroundProcess.start(
                List.of(
                        programs.resolve("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=off"),
                log.path(),
                List.of("PG"));
    }

    /** Where the newest complete PostgreSQL of the machine has its programs. */
    public static Optional<Path> newest() {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> PROGRAMS.stream().allMatch(program -> Files.isExecutable(bin.resolve(program))))
                    .max(Comparator.naturalOrder());
        } catch (IOException failure) {
            throw new LabException("cannot read " + VERSIONS, failure);
        }
    }

    /** Demands a complete one. */
    static void require() {
        Machine.require(
                newest().isPresent(),
                "no complete PostgreSQL is under %s (Debian package postgresql)".formatted(VERSIONS));
    }

    /** Starts one in an empty directory; a machine without PostgreSQL skips the test, as {@link Machine} has it. */
    public static InstalledPostgres start(Path directory) {
        require();
        InstalledPostgres server = new InstalledPostgres(newest().orElseThrow(), directory);
        try {
            Waiting.require("the server answers", STARTED, server::answers, server.log::tail);
            return server;
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    /** Where {@code pg_dump}, {@code pg_restore} and the others of the server's own version are. */
    public Path programs() {
        return programs;
    }

    public int port() {
        return port;
    }

    public void executeIn(String database, String sql) {
        superuser.execute(database, sql);
    }

    /** The first column of the first row as text; empty without a row or with NULL. */
    public Optional<String> queryIn(String database, String sql) {
        return superuser.query(database, sql);
    }

    private boolean answers() {
        return superuser.refusal().isEmpty();
    }

    @Override
    public void close() {
        ProcessTree all = ProcessTree.of(postmaster.toHandle());
        all.signal("KILL");
        Waiting.require("the server is gone", GONE, () -> !postmaster.isAlive() && all.isGone(), all::leftOver);
        superuser.close();
        SharedMemory.remove(data);
        try {
            FileTree.delete(data);
        } catch (IOException failure) {
            throw new LabException("cannot delete " + data, failure);
        }
    }
}
