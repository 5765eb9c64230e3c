package io.statehub.sidecar.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the monotonic clock counts from. Two processes of equal origins may compare their readings of
 * {@link System#nanoTime()}; if origins differ or one isn't known, the readings say nothing about each other.
 *
 * <p>On Linux the reading is {@code CLOCK_MONOTONIC}: nanoseconds since the boot, shifted by the time namespace if the
 * process is in one of its own. So the origin is the boot's identifier together with the namespace's.
 *
 * @param id for comparison only, such as {@code 15af0279-9145-44f8-a0ea-b384f4d09019/time:[4026531834]}
 */
public record MonotonicOrigin(String id) {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path TIME_NAMESPACE = Path.of("/proc/self/ns/time");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    /** A UUID and the end of its line. */
    private static final int MAX_BYTES = 37;

    /** This process's; empty where it can't be known, as on everything but Linux. */
    public static Optional<MonotonicOrigin> current() {
        return read(BOOT_ID, TIME_NAMESPACE);
    }

    /** A kernel without time namespaces, before 5.6, has no link: then every process counts from the boot. */
    static Optional<MonotonicOrigin> read(Path bootId, Path timeNamespace) {
        return bootId(bootId).map(boot -> new MonotonicOrigin(boot + namespace(timeNamespace)));
    }

    private static Optional<String> bootId(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_BYTES), US_ASCII).strip();
            return UUID.matcher(text).matches() ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String namespace(Path link) {
        try {
            return "/" + Files.readSymbolicLink(link);
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }
}
