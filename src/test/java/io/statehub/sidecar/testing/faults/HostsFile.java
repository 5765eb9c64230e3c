package io.statehub.sidecar.testing.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The names of all servers of a matrix: the file that the JVM's property {@code jdk.net.hosts.file} names, which is
 * then read for each lookup.
 */
public final class HostsFile {

    public static final String PROPERTY = "jdk.net.hosts.file";

    static final String DOMAIN = ".matrix.test";

    private final Path file;
    private final Map<String, String> addresses = new TreeMap<>(Map.of("localhost", "127.0.0.1"));

    public HostsFile(Path file) {
        this.file = file;
    }

    /** A name that leads to the loopback address from now on. */
    public String name(String host) {
        String name = host + DOMAIN;
        lead(name, "127.0.0.1");
        return name;
    }

    public synchronized void lead(String name, String address) {
        addresses.put(name, address);
        write();
    }

    public synchronized void forget(String name) {
        addresses.remove(name);
        write();
    }

    private void write() {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.writeString(
                    next,
                    addresses.entrySet().stream()
                            .map(entry -> entry.getValue() + " " + entry.getKey() + "\n")
                            .collect(Collectors.joining()));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
