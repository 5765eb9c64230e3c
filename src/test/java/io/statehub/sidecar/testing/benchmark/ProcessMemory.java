package io.statehub.sidecar.testing.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Memory of a process as Linux accounts for it, in KiB.
 *
 * @param resident all pages in memory (VmRSS), files that other processes may share included
 * @param anonymous what of it is nobody else's and no file's (RssAnon)
 * @param threads of the process, Java's and the virtual machine's own
 */
record ProcessMemory(long resident, long anonymous, long threads) {

    static ProcessMemory of(long pid) throws IOException {
        return parse(Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")));
    }

    static ProcessMemory parse(List<String> status) {
        return new ProcessMemory(value(status, "VmRSS:"), value(status, "RssAnon:"), value(status, "Threads:"));
    }

    private static long value(List<String> status, String name) {
        String line = status.stream()
                .filter(candidate -> candidate.startsWith(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no %s in the status of the process".formatted(name)));
        return Long.parseLong(line.substring(name.length()).replace("kB", "").strip());
    }
}
