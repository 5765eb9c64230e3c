package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One running postmaster with its children, and the signals that they get. */
final class ServerProcess {

    private static final Duration GONE = Duration.ofSeconds(15);

    /** Seventh line of postmaster.pid: key and id of the segment. */
    private static final int SHARED_MEMORY_LINE = 6;

    private final Process postmaster;
    private final Path data;

    private ServerProcess(Process postmaster, Path data) {
        this.postmaster = postmaster;
        this.data = data;
    }

    static ServerProcess start(Path data, Path log) {
        List<String> command = new ArrayList<>(HostCommands.unprivileged());
        command.add(PostgresBinaries.get().program("postgres").toString());
        command.addAll(List.of("-D", data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // The caller's PGDATA, PGPORT and the like would override the lab's own settings.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        try {
            return new ServerProcess(builder.start(), data);
        } catch (IOException failure) {
            throw new LabException("cannot start " + command, failure);
        }
    }

    long pid() {
        return postmaster.pid();
    }

    boolean isAlive() {
        return postmaster.isAlive();
    }

    void reload() {
        HostCommands.signal("HUP", List.of(pid()));
    }

    /** Fast shutdown: sessions are ended, everything is flushed to the standbys that listen. */
    void stop() {
        List<ProcessHandle> all = everything();
        HostCommands.signal("INT", List.of(pid()));
        awaitGone("fast shutdown", all);
    }

    void kill() {
        List<ProcessHandle> all = everything();
        HostCommands.signal("KILL", pids(all));
        awaitGone("SIGKILL", all);
        removeSharedMemory();
    }

    void freeze() {
        HostCommands.signal("STOP", List.of(pid()));
        // Only now is the list of children complete: a stopped postmaster starts no more of them.
        HostCommands.signal("STOP", pids(everything()));
    }

    void thaw() {
        List<Long> childrenFirst = pids(everything());
        Collections.reverse(childrenFirst);
        HostCommands.signal("CONT", childrenFirst);
    }

    /** A killed postmaster leaves its System V segment behind, for as long as the machine runs. */
    private void removeSharedMemory() {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() > SHARED_MEMORY_LINE) {
                String[] keyAndId = lines.get(SHARED_MEMORY_LINE).strip().split("\\s+", -1);
                String id = keyAndId[keyAndId.length - 1];
                // A postmaster that was shutting down on its own may have removed it already; anything else is an
                // error.
                HostCommands.run(List.of("sh", "-c", "ipcrm -m \"$1\" || ! ipcs -m -i \"$1\"", "ipcrm", id));
            }
        } catch (IOException failure) {
            throw new LabException("cannot read " + file, failure);
        }
    }

    private List<ProcessHandle> everything() {
        return Stream.concat(Stream.of(postmaster.toHandle()), postmaster.descendants())
                .collect(Collectors.toList());
    }

    private static List<Long> pids(List<ProcessHandle> handles) {
        return handles.stream().map(ProcessHandle::pid).collect(Collectors.toList());
    }

    private void awaitGone(String cause, List<ProcessHandle> handles) {
        Waiting.require(
                "all server processes gone after " + cause,
                GONE,
                // A handle is gone a moment before its Process knows, which is what decides whether it can start again.
                () -> !postmaster.isAlive() && handles.stream().allMatch(ServerProcess::isGone),
                () -> "left: "
                        + handles.stream()
                                .filter(handle -> !isGone(handle))
                                .map(ProcessHandle::info)
                                .toList());
    }

    /** Orphans stay as zombies where the first process of a container does not collect them; those hold nothing any more. */
    private static boolean isGone(ProcessHandle handle) {
        if (!handle.isAlive()) {
            return true;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException noProcFileSystemOrJustGone) {
            return !handle.isAlive();
        }
    }
}
