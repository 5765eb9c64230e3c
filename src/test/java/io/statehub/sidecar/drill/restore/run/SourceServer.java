package io.statehub.sidecar.drill.restore.run;

import io.statehub.sidecar.config.HostAndPort;
import io.statehub.sidecar.config.PostgresUrl;
import io.statehub.sidecar.drill.restore.Manifest;
import io.statehub.sidecar.drill.restore.RunningServer;
import io.statehub.sidecar.drill.restore.server.ManifestReader;
import io.statehub.sidecar.drill.restore.server.ReadingLimits;
import io.statehub.sidecar.drill.restore.server.ReadingProgress;
import io.statehub.sidecar.probe.postgres.LabPostgresSettings;
import io.statehub.sidecar.probe.postgres.LongLogins;
import io.statehub.sidecar.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A server of the machine's own PostgreSQL, whose programs make dumps of it: those of the lab have none. */
public final class SourceServer implements AutoCloseable {

    private final Programs programs;
    private final TemporaryServer server;

    private SourceServer(Programs programs, TemporaryServer server) {
        this.programs = programs;
        this.server = server;
    }

    public static SourceServer in(Path folder) throws Exception {
        Files.createDirectories(folder);
        Programs programs = new Programs(Optional.empty(), folder, Room.below(folder, OptionalLong.empty()));
        TemporaryServer server = TemporaryServer.empty(folder, programs, "postgres", "UTF8");
        server.start(Duration.ofMinutes(3), TimeSource.system());
        return new SourceServer(programs, server);
    }

    public void sql(String database, String script) throws Exception {
        server.sql(database, script);
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database;
    }

    RestoredDatabase database(String name) {
        return server.database(name);
    }

    public String password() {
        return server.password();
    }

    /** Runs pg_dump. */
    public Path dump(String database, Path to, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(programs.path("pg_dump").toString(), "-w"));
        command.addAll(server.connection(database));
        command.addAll(List.of("-f", to.toString()));
        command.addAll(List.of(options));
        programs.run(command, Map.of(), "");
        return to;
    }

    /** Runs pg_basebackup with the log that belongs to it. */
    public Path baseBackup(Path folder) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(programs.path("pg_basebackup").toString(), "-w", "-c", "fast"));
        List<String> connection = server.connection("unused");
        command.addAll(connection.subList(0, connection.indexOf("-d")));
        command.addAll(List.of("-Ft", "-X", "stream", "-D", folder.toString()));
        programs.run(command, Map.of(), "");
        return folder;
    }

    public Manifest manifest(String database) throws SQLException, InterruptedException {
        return manifest(server.database(database), Optional.empty());
    }

    RunningServer running(String database) throws SQLException {
        return reader(server.database(database)).server();
    }

    static Manifest manifest(RestoredDatabase of, Optional<Manifest> compared)
            throws SQLException, InterruptedException {
        return reader(of).read(compared, snapshot -> {});
    }

    static ManifestReader reader(RestoredDatabase of) {
        ReadingLimits limits =
                new ReadingLimits(2, OptionalLong.empty(), Duration.ofMinutes(1), Duration.ofSeconds(5), 3, 100);
        return new ManifestReader(logins(of), limits, new ReadingProgress(line -> {}), TimeSource.system(), Map.of());
    }

    static LongLogins logins(RestoredDatabase of) {
        String password = of.password().orElseThrow();
        return LongLogins.with(
                of.user(),
                password,
                LabPostgresSettings.at(of.host(), of.port()).as(of.user(), password),
                new PostgresUrl(List.of(new HostAndPort(of.host(), of.port())), of.database()),
                Duration.ofMinutes(2));
    }

    @Override
    public void close() {
        server.close();
    }
}
