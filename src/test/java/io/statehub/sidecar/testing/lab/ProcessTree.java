package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process and its descendants as they were at one moment, parents first. */
record ProcessTree(List<ProcessHandle> handles) {

    static ProcessTree of(ProcessHandle root) {
        return new ProcessTree(
                Stream.concat(Stream.of(root), root.descendants()).toList());
    }

    /**
     * Whatever names this path in its command line, with descendants; daemons that left their parent are found as well.
     */
    static ProcessTree naming(Path path) {
        String text = path.toString();
        return new ProcessTree(ProcessHandle.allProcesses()
                .filter(handle -> handle.info().commandLine().orElse("").contains(text))
                .flatMap(handle -> of(handle).handles().stream())
                .distinct()
                .toList());
    }

    void signal(String signal) {
        HostCommands.signal(signal, pids());
    }

    List<Long> pids() {
        return handles.stream().map(ProcessHandle::pid).toList();
    }

    boolean isGone() {
        return handles.stream().allMatch(ProcessTree::isGone);
    }

    String leftOver() {
        return "left: "
                + handles.stream()
                        .filter(handle -> !isGone(handle))
                        .map(ProcessHandle::info)
                        .toList();
    }

    /**
     * Orphans stay as zombies where the first process of a container does not collect them; those hold nothing any
     * more.
     */
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
