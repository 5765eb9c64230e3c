package io.statehub.sidecar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A control group whose processes together get no more memory than a container's limit. */
public final class MemoryGroup implements AutoCloseable {

    private static final Path FIRST_VERSION = Path.of("/sys/fs/cgroup/memory");
    private static final Path SECOND_VERSION = Path.of("/sys/fs/cgroup");

    private final Path group;
    private final boolean first;

    private MemoryGroup(Path group, boolean first) {
        this.group = group;
        this.first = first;
    }

    /** Demands of the {@link Machine} that one can be made, and accounts for memory. */
    public static MemoryGroup limitedTo(long bytes) {
        boolean first = Files.exists(FIRST_VERSION.resolve("memory.limit_in_bytes"));
        Path group = (first ? FIRST_VERSION : SECOND_VERSION)
                .resolve("statehub-" + ProcessHandle.current().pid());
        MemoryGroup made = new MemoryGroup(group, first);
        Machine.require(made.create().map(failure -> "no control group can be made: " + failure));
        Optional<IOException> refused = made.limit(bytes);
        if (refused.isPresent()) {
            made.close();
        }
        Machine.require(refused.map(failure -> "no control group that accounts for memory: " + failure));
        return made;
    }

    private Optional<IOException> create() {
        try {
            Files.createDirectory(group);
            return Optional.empty();
        } catch (IOException failure) {
            return Optional.of(failure);
        }
    }

    private Optional<IOException> limit(long bytes) {
        try {
            Files.writeString(group.resolve(first ? "memory.limit_in_bytes" : "memory.max"), Long.toString(bytes));
            return Optional.empty();
        } catch (IOException failure) {
            return Optional.of(failure);
        }
    }

    /** From now on what this process takes counts; what it has is not moved. */
    public void add(long pid) {
        try {
            Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The most that its processes had together, files that can be dropped included. */
    public long peakBytes() {
        return Long.parseLong(read(first ? "memory.max_usage_in_bytes" : "memory.peak"));
    }

    /** How many of its processes the kernel has ended for want of memory. */
    public long killed() {
        return read(first ? "memory.oom_control" : "memory.events")
                .lines()
                .filter(line -> line.startsWith("oom_kill "))
                .mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length())))
                .findFirst()
                .orElseThrow();
    }

    private String read(String file) {
        try {
            return Files.readString(group.resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Possible when its processes have ended. */
    @Override
    public void close() {
        try {
            Files.delete(group);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
