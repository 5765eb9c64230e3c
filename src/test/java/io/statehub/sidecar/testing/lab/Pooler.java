package io.statehub.sidecar.testing.lab;

import io.statehub.sidecar.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** PgBouncer in transaction mode in front of one server, as Debian has it. */
public final class Pooler implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(15);
    private static final String NAME = "pgbouncer";

    private final int port = FreePorts.next();
    private final Process process;

    private Pooler(Path directory, PostgresServer server) {
        write(
                directory.resolve("userlist.txt"),
                "\"%s\" \"%s\"%n".formatted(LabRoles.SIDECAR, LabRoles.SIDECAR_PASSWORD));
        Path configuration = directory.resolve("pgbouncer.ini");
        write(configuration, """
                [databases]
                %s = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                pool_mode = transaction
                auth_type = scram-sha-256
                auth_file = %s
                """.formatted(LabRoles.DATABASE, server.port(), port, directory.resolve("userlist.txt")));
        process = BackgroundProcess.start(
                List.of(Program.path(NAME).toString(), configuration.toString()),
                directory.resolve("pgbouncer.log"),
                List.of("PG"));
    }

    /** Starts one; a test is skipped where there is none, as with any program. */
    public static Pooler before(PostgresServer server, Path directory) {
        Program.require(NAME);
        Pooler pooler = new Pooler(directory, server);
        Waiting.require("pgbouncer listens", START, pooler::listens, () -> "");
        return pooler;
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + LabRoles.DATABASE;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        Waiting.require("pgbouncer ended", START, () -> !process.isAlive(), () -> "");
    }
}
