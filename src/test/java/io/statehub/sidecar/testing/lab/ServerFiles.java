package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a server has on disk: {@code <root>/data} and {@code <root>/server.log}, and the settings that the lab writes.
 */
final class ServerFiles {

    /** Small, and careless about a crash of the machine: the lab never outlives the machine, only its processes. */
    private static final String COMMON = """
            include 'lab-replication.conf'
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            fsync = off
            wal_level = replica
            hot_standby = on
            max_wal_senders = 10
            max_replication_slots = 150
            max_connections = 50
            shared_buffers = 16MB
            wal_keep_size = 64MB
            max_slot_wal_keep_size = 512MB
            max_wal_size = 256MB
            # After a promotion the others must find the new primary faster than the usual five seconds.
            wal_retrieve_retry_interval = 200ms
            # Shared memory as files of the data directory, which goes with it.
            dynamic_shared_memory_type = mmap
            huge_pages = off
            password_encryption = scram-sha-256
            log_line_prefix = '%m [%p] '
            """;

    /** What a login costs its client. Tests make thousands: with the usual 4096 a third of their processor time. */
    private static final String CHEAP_LOGINS = "scram_iterations = 64\n";

    private static final int FIRST_WITH_CHEAP_LOGINS = 16;

    private final Path root;
    private final String name;
    private final int port;

    ServerFiles(Path root, String name, int port) {
        this.root = root;
        this.name = name;
        this.port = port;
    }

    Path root() {
        return root;
    }

    Path data() {
        return root.resolve("data");
    }

    Path log() {
        return root.resolve("server.log");
    }

    void initialise() throws IOException {
        Path password = Directories.writePrivate(root.resolve("password"), LabRoles.SUPERUSER_PASSWORD);
        List<String> command = new ArrayList<>(HostCommands.unprivileged());
        command.add(PostgresBinaries.get().program("initdb").toString());
        command.addAll(List.of("-D", data().toString(), "-U", LabRoles.SUPERUSER, "--pwfile", password.toString()));
        command.addAll(List.of("-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"));
        HostCommands.run(command);
        Files.delete(password);
        // The lab's own statements each have a connection: without a password it costs a tenth of the processor.
        Files.writeString(data().resolve("pg_hba.conf"), """
                host all %s 127.0.0.1/32 trust
                host all all 127.0.0.1/32 scram-sha-256
                host replication %s 127.0.0.1/32 scram-sha-256
                """.formatted(LabRoles.SUPERUSER, LabRoles.REPLICATION));
        Files.writeString(data().resolve("postgresql.conf"), "include 'lab.conf'\n", StandardOpenOption.APPEND);
        writeReplication("");
    }

    void writeSettings(List<String> more) throws IOException {
        String own = "port = %d%ncluster_name = '%s'%n".formatted(port, name);
        String logins = majorVersion() < FIRST_WITH_CHEAP_LOGINS ? "" : CHEAP_LOGINS;
        Directories.writePrivate(data().resolve("lab.conf"), COMMON + logins + own + String.join("\n", more) + "\n");
    }

    /** Of the server that made the data. */
    private int majorVersion() throws IOException {
        return Integer.parseInt(Files.readString(data().resolve("PG_VERSION")).strip());
    }

    void writeReplication(String settings) throws IOException {
        Directories.writePrivate(data().resolve("lab-replication.conf"), settings);
    }

    /** Empties the file that {@code ALTER SYSTEM} writes; says whether it held a setting. */
    boolean forgetAlterations() throws IOException {
        Path altered = data().resolve("postgresql.auto.conf");
        try (Stream<String> lines = Files.lines(altered)) {
            if (lines.allMatch(line -> line.isBlank() || line.startsWith("#"))) {
                return false;
            }
        }
        Files.writeString(altered, "");
        return true;
    }

    void markStandby() throws IOException {
        Files.writeString(data().resolve("standby.signal"), "");
    }

    long countInLog(String text) throws IOException {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> line.contains(text)).count();
        }
    }

    List<String> linesInLog(String text) throws IOException {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> line.contains(text)).toList();
        }
    }

    String logTail() {
        return new LogFile(log()).tail();
    }
}
