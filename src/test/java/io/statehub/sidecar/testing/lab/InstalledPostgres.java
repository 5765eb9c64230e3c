package io.statehub.sidecar.testing.lab;

import io.statehub.sidecar.system.FileTree;
import io.statehub.sidecar.testing.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server of the machine's own PostgreSQL, which comes with programs that the lab's lacks, such as {@code pg_dump}.
 */
public final class InstalledPostgres implements AutoCloseable {

    private static final Duration STARTED = Duration.ofSeconds(90);
    private static final Duration GONE = Duration.ofSeconds(60);

    private final Path programs;
    private final Path data;
    private final int port = FreePorts.next();
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
        return PatroniPrograms.newestPostgres();
    }

    /** Starts one in an empty directory; a machine without PostgreSQL skips the test, as {@link Machine} has it. */
    public static InstalledPostgres start(Path directory) {
        Optional<Path> programs = newest();
        Machine.require(programs.isPresent(), "no complete PostgreSQL is installed (Debian package postgresql)");
        InstalledPostgres server = new InstalledPostgres(programs.orElseThrow(), directory);
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
        try {
            Superuser.execute(url(database), sql);
        } catch (SQLException failure) {
            throw new LabException("%s%n  in: %s".formatted(failure.getMessage(), sql), failure);
        }
    }

    /** The first column of the first row as text; empty without a row or with NULL. */
    public Optional<String> queryIn(String database, String sql) {
        try {
            return Superuser.query(url(database), sql);
        } catch (SQLException failure) {
            throw new LabException("%s%n  in: %s".formatted(failure.getMessage(), sql), failure);
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    private boolean answers() {
        try {
            return Superuser.query(url(LabRoles.SUPERUSER), "SELECT 1").isPresent();
        } catch (SQLException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        ProcessTree all = ProcessTree.of(postmaster.toHandle());
        all.signal("KILL");
        Waiting.require("the server is gone", GONE, () -> !postmaster.isAlive() && all.isGone(), all::leftOver);
        SharedMemory.remove(data);
        try {
            FileTree.delete(data);
        } catch (IOException failure) {
            throw new LabException("cannot delete " + data, failure);
        }
    }
}
