package io.statehub.sidecar.agent;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that probing takes: one that keeps time, one that feels
 * whether the process runs, and at most one for each probe. All are daemons: a probe that
 * hangs in a socket must not hold up the end of the process.
 */
final class ProbeThreads implements AutoCloseable {

    private static final int IDLE_SECONDS = 30;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("probe-timer"));
    private final ScheduledThreadPoolExecutor pulse = new ScheduledThreadPoolExecutor(1, named("pulse"));
    private final ThreadPoolExecutor workers;

    /**
     * Makes the threads as they are needed.
     *
     * @param probes how many probes there are; each runs at most once at a time, and has its thread for a moment longer
     */
    ProbeThreads(int probes) {
        timer.setRemoveOnCancelPolicy(true);
        workers =
                new ThreadPoolExecutor(0, 2 * probes, IDLE_SECONDS, SECONDS, new SynchronousQueue<>(), named("probe"));
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    /** For the pulse alone. */
    ScheduledExecutorService pulse() {
        return pulse;
    }

    Executor workers() {
        return workers;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        pulse.shutdownNow();
        workers.shutdownNow();
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
