package io.statehub.sidecar.drill.restore.server;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is still to be read, for several threads; whoever reads may add more. */
final class WorkQueue {

    /** A piece that is read in one transaction. */
    interface Work {

        /** For people. */
        String subject();

        void in(SnapshotSession session) throws SQLException;

        /** It could not be read, for good. */
        void failed(SQLException why);
    }

    private final Deque<Work> waiting = new ArrayDeque<>();
    private int unfinished;
    private @Nullable Exception fault;

    synchronized void add(Work work) {
        waiting.addLast(work);
        unfinished++;
        notifyAll();
    }

    /** Waits for a piece; empty when all is done, or nothing more is to be done. */
    synchronized Optional<Work> next() throws InterruptedException {
        while (waiting.isEmpty() && unfinished > 0 && fault == null) {
            wait();
        }
        return fault != null || waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.removeFirst());
    }

    synchronized void finished() {
        unfinished--;
        notifyAll();
    }

    /** Nothing more is to be done. */
    synchronized void abandon(Exception why) {
        if (fault == null) {
            fault = why;
        }
        notifyAll();
    }

    /** Why nothing more is to be done, if that is so. */
    synchronized Optional<Exception> fault() {
        return Optional.ofNullable(fault);
    }
}
