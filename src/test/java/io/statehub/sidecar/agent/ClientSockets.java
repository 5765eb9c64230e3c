package io.statehub.sidecar.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The connections of this machine's clients, as Linux knows them. */
final class ClientSockets {

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    /** ESTABLISHED, SYN_SENT and CLOSE_WAIT: what a client has and has not closed. */
    private static final Set<String> HELD = Set.of("01", "02", "08");

    private ClientSockets() {}

    /** Those that are open to a port. */
    static long to(int port) {
        String end = String.format(Locale.ROOT, ":%04X", port);
        return TABLES.stream()
                .filter(Files::exists)
                .flatMap(ClientSockets::lines)
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words[REMOTE].endsWith(end) && HELD.contains(words[STATE]))
                .count();
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream().skip(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
