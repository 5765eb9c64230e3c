package io.statehub.sidecar.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The connections of this machine's clients, as Linux knows them. */
final class ClientSockets {

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    /** What a client has and has not closed. */
    private static final Map<String, String> HELD =
            Map.of("01", "established", "02", "connecting", "08", "ended by the server");

    private ClientSockets() {}

    /** The states of those that are open to a port. */
    static List<String> to(int port) {
        String end = String.format(Locale.ROOT, ":%04X", port);
        return TABLES.stream()
                .filter(Files::exists)
                .flatMap(ClientSockets::lines)
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words[REMOTE].endsWith(end) && HELD.containsKey(words[STATE]))
                .map(words -> String.valueOf(HELD.get(words[STATE])))
                .toList();
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream().skip(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
