package io.statehub.sidecar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process takes of the machine, as Linux accounts for it.
 *
 * @param residentKib memory (VmRSS)
 * @param peakKib the most that was ever resident (VmHWM)
 * @param ownKib what of it is nobody else's and no file's (RssAnon)
 * @param threads of the process, Java's and the virtual machine's own
 * @param descriptors open files and sockets
 */
public record ProcessUsage(long residentKib, long peakKib, long ownKib, long threads, long descriptors) {

    public static ProcessUsage of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            String status = Files.readString(process.resolve("status"));
            return new ProcessUsage(
                    value(status, "VmRSS"),
                    value(status, "VmHWM"),
                    value(status, "RssAnon"),
                    value(status, "Threads"),
                    descriptors.count());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long value(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no %s in%n%s".formatted(name, status)));
    }
}
