package io.statehub.sidecar.journal;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a journal is doing; safe to read from any thread.
 *
 * @param problem why entries are in memory only; present exactly while {@link State#DEGRADED}
 * @param errors failures since the start: of opening, writing, repairing and deleting
 * @param written entries that the disk has, since the start
 * @param waiting entries in memory that are written as soon as the disk takes them
 * @param dropped entries that are nowhere: too long, or pushed out of memory by newer ones
 * @param directory where the files are; empty exactly if {@link State#OFF}
 */
public record JournalStatus(
        State state,
        Optional<String> problem,
        long errors,
        long written,
        int waiting,
        long dropped,
        Optional<Path> directory) {

    /** Whether what happens now outlives the process. */
    public enum State {
        DURABLE,
        DEGRADED,
        /** No directory is configured, which is allowed: entries are kept nowhere. */
        OFF
    }

    static final JournalStatus OFF = new JournalStatus(State.OFF, Optional.empty(), 0, 0, 0, 0, Optional.empty());

    public boolean durable() {
        return state == State.DURABLE;
    }
}
