package io.statehub.sidecar.testing.lab;

import io.statehub.sidecar.testing.Machine;
import io.statehub.sidecar.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where Debian puts Patroni, etcd and PostgreSQL. The lab's own PostgreSQL will not do: it comes without the programs
 * that Patroni calls besides the server.
 *
 * @param postgres the directory of the PostgreSQL programs
 */
record PatroniPrograms(Path patroni, Path etcd, Path postgres) {

    /** Demands all of them. */
    static void require() {
        Program.require("patroni", "etcd");
        InstalledPostgres.require();
        Machine.require(
                hasEtcdClient(Program.path("patroni")), "Patroni cannot talk to etcd (Debian package python3-etcd)");
    }

    /** Those that were {@linkplain #require() demanded}. */
    static PatroniPrograms find() {
        return new PatroniPrograms(
                Program.path("patroni"),
                Program.path("etcd"),
                InstalledPostgres.newest().orElseThrow());
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
}
