package io.statehub.sidecar.testing.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How long a process has kept processors busy. */
final class ProcessorTime {

    /** Of Linux on every machine that this runs on (USER_HZ, proc(5)). */
    private static final double MILLIS_PER_TICK = 10;

    private static final int USER = 11;
    private static final int SYSTEM = 12;

    private ProcessorTime() {}

    /** In user and in system mode, in ms. */
    static double millisOf(long pid) throws IOException {
        return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
    }

    static double parse(String stat) {
        // The name before may contain anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) * MILLIS_PER_TICK;
    }
}
