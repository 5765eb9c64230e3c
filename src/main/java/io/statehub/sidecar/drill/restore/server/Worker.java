package io.statehub.sidecar.drill.restore.server;

import io.statehub.sidecar.drill.restore.server.WorkQueue.Work;
import java.sql.SQLException;
import java.util.Optional;

/** Reads piece by piece, each in a transaction of its own in the one snapshot, so that no table stays locked. */
final class Worker implements Runnable {

    private static final long FIRST_PAUSE_MS = 500;
    private static final int MOST_DOUBLINGS = 4;

    /** A session of its own in the snapshot. */
    @FunctionalInterface
    interface Sessions {
        SnapshotSession open() throws SQLException;
    }

    private final WorkQueue queue;
    private final Sessions sessions;
    private final int retries;
    private final ReadingProgress progress;

    Worker(WorkQueue queue, Sessions sessions, int retries, ReadingProgress progress) {
        this.queue = queue;
        this.sessions = sessions;
        this.retries = retries;
        this.progress = progress;
    }

    @Override
    public void run() {
        try (SnapshotSession session = sessions.open()) {
            for (Optional<Work> work = queue.next(); work.isPresent(); work = queue.next()) {
                read(work.get(), session);
                queue.finished();
            }
        } catch (SQLException | RuntimeException e) {
            queue.abandon(e);
        } catch (InterruptedException e) {
            queue.abandon(e);
            Thread.currentThread().interrupt();
        }
    }

    private void read(Work work, SnapshotSession session) throws SQLException, InterruptedException {
        for (int attempt = 0; ; attempt++) {
            Optional<SQLException> failure = attempt(work, session);
            session.renew();
            if (failure.isEmpty()) {
                return;
            }
            if (!mayPass(failure.get()) || attempt == retries) {
                work.failed(failure.get());
                return;
            }
            progress.note(work.subject() + ": tried again (" + (attempt + 1) + " of " + retries + "): "
                    + ReadingContext.reason(failure.get()));
            Thread.sleep(FIRST_PAUSE_MS << Math.min(attempt, MOST_DOUBLINGS));
        }
    }

    private static Optional<SQLException> attempt(Work work, SnapshotSession session) {
        try {
            work.in(session);
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(e);
        }
    }

    /**
     * What a standby cancels for the sake of recovery, by an error or by ending the session; or a connection that
     * broke.
     */
    static boolean mayPass(SQLException failure) {
        return "40001".equals(failure.getSQLState()) || SnapshotSession.lost(failure);
    }
}
