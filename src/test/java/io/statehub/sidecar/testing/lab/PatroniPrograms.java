package io.statehub.sidecar.testing.lab;

import io.statehub.sidecar.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where Debian puts Patroni, etcd and PostgreSQL. The lab's own PostgreSQL will not do: it comes without the programs
 * that Patroni calls besides the server.
 *
 * @param postgres the directory of the PostgreSQL programs
 */
record PatroniPrograms(Path patroni, Path etcd, Path postgres) {

    private static final Path POSTGRES_VERSIONS = Path.of("/usr/lib/postgresql");
    private static final List<String> CALLED_BY_PATRONI =
            List.of("postgres", "initdb", "pg_ctl", "pg_controldata", "pg_isready", "pg_basebackup", "pg_rewind");

    /** What is missing here, as a person would like to read it; empty when everything is there. */
    static Optional<String> missing() {
        if (Program.find("patroni").isEmpty()) {
            return Optional.of("patroni is not on the PATH (Debian package patroni)");
        }
        if (Program.find("etcd").isEmpty()) {
            return Optional.of("etcd is not on the PATH (Debian package etcd-server)");
        }
        if (newestPostgres().isEmpty()) {
            return Optional.of(
                    "no complete PostgreSQL under %s (Debian package postgresql)".formatted(POSTGRES_VERSIONS));
        }
        return hasEtcdClient(Program.find("patroni").orElseThrow())
                ? Optional.empty()
                : Optional.of("Patroni cannot talk to etcd (Debian package python3-etcd)");
    }

    /** @throws LabException when something is {@link #missing()} */
    static PatroniPrograms find() {
        missing().ifPresent(reason -> {
            throw new LabException(reason);
        });
        return new PatroniPrograms(
                Program.find("patroni").orElseThrow(),
                Program.find("etcd").orElseThrow(),
                newestPostgres().orElseThrow());
    }

    /** Asks the interpreter of Patroni itself: another one may come first on the PATH. */
    private static boolean hasEtcdClient(Path patroni) {
        try (Stream<String> lines = Files.lines(patroni)) {
            List<String> command = new ArrayList<>(lines.findFirst().stream()
                    .map(first -> first.replaceFirst("^#!\\s*", "").strip())
                    .flatMap(interpreter -> Stream.of(interpreter.split("\\s+", -1)))
                    .toList());
            command.addAll(List.of("-c", "import patroni.dcs.etcd3"));
            HostCommands.run(command);
            return true;
        } catch (IOException | LabException failure) {
            return false;
        }
    }

    /** Where the newest complete PostgreSQL of the machine has its programs. */
    static Optional<Path> newestPostgres() {
        if (!Files.isDirectory(POSTGRES_VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(POSTGRES_VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin ->
                            CALLED_BY_PATRONI.stream().allMatch(program -> Files.isExecutable(bin.resolve(program))))
                    .max(Comparator.naturalOrder());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
