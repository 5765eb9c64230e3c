package io.statehub.sidecar.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one piece of work of this process, which a signal ends: it is told to stop and waited for before anything else is
 * stopped, so that it can report what it saw and remove what it made.
 */
public final class Stoppable {

    /** For what survived to be asked for, what was made to be removed, and the evidence to be filed. */
    private static final long GRACE_SECONDS = 60;

    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable Runnable how;
    private boolean stopped;

    /**
     * From here on a signal does this instead, and waits. A signal before the first time has ended the process at once;
     * one since then has done what was to be done until now, and does this too. Interrupts of the caller are over by
     * then.
     */
    public synchronized void by(Runnable stop) {
        how = stop;
        if (Thread.interrupted() || stopped) {
            stop.run();
        }
    }

    /** From here on a signal waits, and stops nothing; whether one has come before. Interrupts are over by then. */
    public synchronized boolean spared() {
        if (how != null) {
            how = () -> {};
        }
        return Thread.interrupted() || stopped;
    }

    /** Nothing more is waited for. */
    public void over() {
        done.countDown();
    }

    /**
     * The process is to end: stops the work, and waits for it.
     *
     * @param late what is said if it doesn't end in time
     */
    public void end(String late) throws InterruptedException {
        if (done.getCount() > 0 && stop() && !done.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
            System.err.println(late);
        }
    }

    private synchronized boolean stop() {
        if (how == null) {
            return false;
        }
        stopped = true;
        how.run();
        return true;
    }
}
