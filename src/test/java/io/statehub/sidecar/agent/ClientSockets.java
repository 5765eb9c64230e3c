package io.statehub.sidecar.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The connections of this process's clients, as Linux knows them: others of the machine may have had the same port. */
final class ClientSockets {

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final Path OWN = Path.of("/proc/self/fd");
    /** What a client has and has not closed. */
    private static final Map<String, String> HELD =
            Map.of("01", "established", "02", "connecting", "08", "ended by the server");

    private ClientSockets() {}

    /** The states of those that are open, by the port of the server; only ports that are asked for. */
    static Map<Integer, List<String>> to(Collection<Integer> ports) {
        List<String> rows = TABLES.stream()
                .filter(Files::exists)
                .flatMap(ClientSockets::lines)
                .toList();
        // Afterwards: what is among them was open at the moment between.
        return to(ports, rows, own());
    }

    /**
     * The same from what Linux says.
     *
     * @param rows of its tables, in which a socket stands several times if others came or went while they were read
     * @param own what this process has open
     */
    static Map<Integer, List<String>> to(Collection<Integer> ports, List<String> rows, Set<String> own) {
        Map<String, Integer> ends = new HashMap<>();
        ports.forEach(port -> ends.put(String.format(Locale.ROOT, ":%04X", port), port));
        Map<String, String[]> held = new LinkedHashMap<>();
        rows.stream()
                .map(row -> row.strip().split("\\s+", -1))
                .filter(words -> ends.containsKey(end(words)) && HELD.containsKey(words[STATE]))
                .filter(words -> own.contains("socket:[" + words[INODE] + "]"))
                .forEach(words -> held.put(words[INODE], words));
        return held.values().stream()
                .collect(Collectors.groupingBy(
                        words -> Objects.requireNonNull(ends.get(end(words))),
                        Collectors.mapping(words -> String.valueOf(HELD.get(words[STATE])), Collectors.toList())));
    }

    private static String end(String[] words) {
        return words[REMOTE].substring(words[REMOTE].lastIndexOf(':'));
    }

    private static Set<String> own() {
        try (Stream<Path> descriptors = Files.list(OWN)) {
            return descriptors.map(ClientSockets::target).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream().skip(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
