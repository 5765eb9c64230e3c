package io.statehub.sidecar.testing.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One running postmaster with its children, and the signals that they get. */
final class ServerProcess {

    private static final Duration GONE = Duration.ofSeconds(60);

    private final Process postmaster;
    private final Path data;
    private volatile boolean frozen;

    private ServerProcess(Process postmaster, Path data) {
        this.postmaster = postmaster;
        this.data = data;
    }

    static ServerProcess start(Path data, Path log) {
        List<String> program =
                List.of(PostgresBinaries.get().program("postgres").toString(), "-D", data.toString());
        return new ServerProcess(BackgroundProcess.start(program, log, List.of("PG")), data);
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
        ProcessTree all = everything();
        HostCommands.signal("INT", List.of(pid()));
        awaitGone("fast shutdown", all);
    }

    void kill() {
        ProcessTree all = everything();
        all.signal("KILL");
        awaitGone("SIGKILL", all);
        SharedMemory.remove(data);
    }

    boolean isFrozen() {
        return frozen;
    }

    void freeze() {
        frozen = true;
        HostCommands.signal("STOP", List.of(pid()));
        // Only now is the list of children complete: a stopped postmaster starts no more of them.
        everything().signal("STOP");
    }

    /** Sessions that are there work on, and there are no new ones. */
    void freezePostmaster() {
        frozen = true;
        HostCommands.signal("STOP", List.of(pid()));
    }

    void thaw() {
        List<Long> childrenFirst = new ArrayList<>(everything().pids());
        Collections.reverse(childrenFirst);
        HostCommands.signal("CONT", childrenFirst);
        frozen = false;
    }

    private ProcessTree everything() {
        return ProcessTree.of(postmaster.toHandle());
    }

    private void awaitGone(String cause, ProcessTree tree) {
        Waiting.require(
                "all server processes gone after " + cause,
                GONE,
                // A handle is gone a moment before its Process knows, which is what decides whether it can start again.
                () -> !postmaster.isAlive() && tree.isGone(),
                tree::leftOver);
    }
}
