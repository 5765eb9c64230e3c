package io.statehub.sidecar.drill.restore.run;

import io.statehub.sidecar.drill.restore.run.Programs.ProgramFailedException;
import io.statehub.sidecar.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server that lives as long as a drill: on the loopback address, with a password of its own, and all of
 * its files below one folder. Used by one thread; {@link #close} by any.
 */
public final class TemporaryServer implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(30);
    private static final long POLL_MS = 300;
    private static final int PASSWORD_BYTES = 24;
    private static final int LOG_TAIL = 1500;

    /**
     * Nothing of it must outlive the machine. Without hot standby recovery asks for no settings of the server that was
     * copied.
     */
    private static final String SETTINGS = """
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = '%s'
            hba_file = '%s'
            ident_file = '%s'
            fsync = off
            full_page_writes = off
            hot_standby = off
            archive_mode = off
            restore_command = 'false'
            recovery_target_timeline = 'current'
            dynamic_shared_memory_type = mmap
            max_connections = 50
            """;

    private final Path folder;
    private final Path data;
    private final Programs programs;
    private final String superuser;
    private final String password;
    private final int port;
    private @Nullable Process postmaster;

    private TemporaryServer(Path folder, Path data, Programs programs, String superuser) throws IOException {
        this.folder = folder;
        this.data = data;
        this.programs = programs;
        this.superuser = superuser;
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        this.password = HexFormat.of().formatHex(random);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
    }

    /** A new and empty one, not started. */
    static TemporaryServer empty(Path folder, Programs programs, String superuser, String encoding)
            throws BackupException, InterruptedException {
        try {
            TemporaryServer server = new TemporaryServer(folder, folder.resolve("data"), programs, superuser);
            List<String> command = new ArrayList<>(programs.unprivileged());
            command.add(programs.path("initdb").toString());
            command.addAll(List.of("-D", server.data.toString(), "-U", superuser, "-A", "scram-sha-256"));
            command.addAll(List.of("-E", encoding, "--locale=C", "--no-sync", "--no-instructions", "--pwfile"));
            command.add(Files.writeString(folder.resolve("password"), server.password)
                    .toString());
            programs.run(command, Map.of(), "");
            return server;
        } catch (ProgramFailedException e) {
            throw BackupException.notRun("no temporary server can be made: " + e.getMessage());
        } catch (IOException e) {
            throw BackupException.notRun("no temporary server can be made in " + folder + "", e);
        }
    }

    /** One on a base backup, which recovers to the end of its log and begins a timeline of its own; not started. */
    static TemporaryServer on(Path data, Path folder, Programs programs, String superuser) throws BackupException {
        try {
            for (String file : new String[] {"standby.signal", "postmaster.pid", "postgresql.auto.conf"}) {
                Files.deleteIfExists(data.resolve(file));
            }
            Files.writeString(data.resolve("postgresql.auto.conf"), "");
            Files.writeString(data.resolve("recovery.signal"), "");
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
            return new TemporaryServer(folder, data, programs, superuser);
        } catch (IOException e) {
            throw BackupException.notRun("the base backup can't be prepared", e);
        }
    }

    int port() {
        return port;
    }

    String superuser() {
        return superuser;
    }

    String password() {
        return password;
    }

    /** A database in it. */
    public RestoredDatabase database(String name) {
        return new RestoredDatabase("127.0.0.1", port, superuser, Optional.of(password), name, Map.of());
    }

    private Path sockets() {
        return folder.resolve("s");
    }

    /** Starts it, and waits until it takes writes. */
    void start(Duration deadline, TimeSource time) throws BackupException, InterruptedException {
        try {
            Files.createDirectories(sockets());
            Files.setPosixFilePermissions(sockets(), PosixFilePermissions.fromString("rwx------"));
            // Whoever may enter the folder of the socket may do everything anyway; by the network nobody without the
            // password.
            Path hba = Files.writeString(
                    folder.resolve("hba.conf"),
                    "local all all trust\nlocal replication all trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
            Path ident = Files.writeString(folder.resolve("ident.conf"), "");
            Path settings =
                    Files.writeString(folder.resolve("server.conf"), SETTINGS.formatted(port, sockets(), hba, ident));
            List<String> command = new ArrayList<>(programs.unprivileged());
            command.add(programs.path("postgres").toString());
            command.addAll(List.of("-D", data.toString(), "-c", "config_file=" + settings));
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("server.log").toFile())
                    .start();
            synchronized (this) {
                postmaster = started;
            }
            await(started, deadline, time);
        } catch (IOException e) {
            throw BackupException.notRun("the temporary server can't be started", e);
        }
    }

    private void await(Process started, Duration deadline, TimeSource time)
            throws BackupException, InterruptedException, IOException {
        long begun = time.now().nanos();
        while (true) {
            if (!started.isAlive()) {
                throw BackupException.damaged("the server does not start on it: " + logTail());
            }
            try {
                if (query("SELECT pg_is_in_recovery()").equals("f")) {
                    sql("postgres", "ALTER ROLE " + quoted(superuser) + " PASSWORD '" + password + "'");
                    return;
                }
            } catch (ProgramFailedException notYet) {
                // Said at the end, if it stays so.
                if (time.now().nanos() - begun > deadline.toNanos()) {
                    throw BackupException.notRun("the server does not take writes within " + deadline.toSeconds()
                            + " s: " + notYet.getMessage() + "; " + logTail());
                }
            }
            if (time.now().nanos() - begun > deadline.toNanos()) {
                throw BackupException.notRun("the server is still recovering after " + deadline.toSeconds() + " s");
            }
            Thread.sleep(POLL_MS);
        }
    }

    private String logTail() throws IOException {
        String log = Files.readString(folder.resolve("server.log"), StandardCharsets.ISO_8859_1)
                .strip();
        return log.substring(Math.max(0, log.length() - LOG_TAIL)).replaceAll("\\s*\\R\\s*", "; ");
    }

    /** Options that lead psql and pg_restore to it. */
    List<String> connection(String database) {
        return List.of("-h", sockets().toString(), "-p", Integer.toString(port), "-U", superuser, "-d", database);
    }

    /** The first value of a statement's answer. */
    String query(String sql) throws BackupException, InterruptedException, ProgramFailedException {
        List<String> command = new ArrayList<>(List.of(programs.path("psql").toString(), "-X", "-w", "-Atq"));
        command.addAll(connection("postgres"));
        command.addAll(List.of("-c", sql));
        return programs.run(command, Map.of(), "").strip();
    }

    /** Runs statements, which may hold secrets: they are on no command line. */
    void sql(String database, String script) throws BackupException, InterruptedException, ProgramFailedException {
        List<String> command =
                new ArrayList<>(List.of(programs.path("psql").toString(), "-X", "-w", "-q", "-v", "ON_ERROR_STOP=1"));
        command.addAll(connection(database));
        programs.run(command, Map.of(), script);
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** Stops it; by force if it doesn't stop by itself. */
    @Override
    public synchronized void close() {
        Process running = postmaster;
        if (running == null) {
            return;
        }
        postmaster = null;
        // SIGTERM lets sessions end by themselves, and all of them are ours.
        running.destroy();
        try {
            if (!running.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
