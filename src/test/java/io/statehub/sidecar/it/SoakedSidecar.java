package io.statehub.sidecar.it;

import io.statehub.sidecar.testing.ProcessUsage;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.StandInApi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sidecar in a soak, with the image's limits and a journal of its own: it may be killed and frozen, and all that it
 * ever recorded is kept.
 */
final class SoakedSidecar implements AutoCloseable {

    /** What a sidecar remembers. */
    private static final int REMEMBERED = 100;

    private final PostgresLab lab;
    private final StandInApi api;
    private final String name;
    private final Path journal;
    private final Map<String, String> outcomes = new LinkedHashMap<>();
    private WatchedSidecar sidecar;

    SoakedSidecar(PostgresLab lab, StandInApi api, String name, Path directory) {
        this.lab = lab;
        this.api = api;
        this.name = name;
        this.journal = directory.resolve(name);
        this.sidecar = started();
    }

    private WatchedSidecar started() {
        return WatchedSidecar.start(
                lab,
                api,
                Map.of(
                        "STATEHUB_REPLICATION_MAX_STREAM_SILENCE",
                        "20s",
                        "STATEHUB_JOURNAL_DIRECTORY",
                        journal.toString(),
                        "STATEHUB_HEARTBEAT_WRITER",
                        name));
    }

    String name() {
        return name;
    }

    void kill() {
        sidecar.close();
    }

    void start() {
        sidecar = started();
    }

    void freeze() {
        sidecar.process().freeze();
    }

    void thaw() {
        sidecar.process().thaw();
    }

    boolean isRunning() {
        return sidecar.process().isRunning();
    }

    boolean isStable() {
        return sidecar.failoverState().equals("stable");
    }

    /** The end of its output, which says what it saw. */
    String lastWords() {
        List<String> lines = sidecar.process().output().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    /** Everything in order, as at the start of a run. */
    void awaitSteady() {
        sidecar.awaitSteady();
    }

    boolean hasFresh() {
        return !outcomes.keySet().containsAll(FailoverReport.ids(sidecar.failovers()));
    }

    /** The records that have ended since they were asked for last, oldest first. */
    List<FailoverReport> takeFresh() {
        List<FailoverReport> fresh = new ArrayList<>(FailoverReport.all(sidecar.failovers()).stream()
                .filter(report -> !outcomes.containsKey(report.id()))
                .toList());
        Collections.reverse(fresh);
        fresh.forEach(report -> outcomes.put(report.id(), report.outcome()));
        return fresh;
    }

    /**
     * All records so far as {@code id outcome}, as they were when they ended; the newest that can be remembered, oldest
     * first.
     */
    List<String> recorded() {
        List<String> all = outcomes.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList();
        return all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
    }

    /** The same as a new process reads them from the journal. */
    List<String> readAgain() {
        kill();
        start();
        List<String> read = new ArrayList<>(FailoverReport.all(sidecar.failovers(REMEMBERED)).stream()
                .map(report -> report.id() + " " + report.outcome())
                .toList());
        Collections.reverse(read);
        return read;
    }

    ProcessUsage usage() {
        return ProcessUsage.of(sidecar.process().pid());
    }

    @Override
    public void close() {
        sidecar.close();
    }
}
