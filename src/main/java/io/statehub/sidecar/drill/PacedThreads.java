package io.statehub.sidecar.drill;

import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Does things again and again, each on a thread of its own and never twice at once, until it is stopped. One that
 * throws is done no more, and that is told: whoever is not tried any longer must not pass for well.
 */
public final class PacedThreads {

    private final TimeSource time;
    private final Consumer<String> fault;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    /** @param fault is told why one of them ended */
    public PacedThreads(TimeSource time, Consumer<String> fault) {
        this.time = time;
        this.fault = fault;
    }

    /** Begins one: as often as the pace has it, or as fast as it comes back. */
    public void start(String name, Duration pace, Runnable once) {
        Thread thread = new Thread(() -> run(pace, once), "drill-" + name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void run(Duration pace, Runnable once) {
        Moment next = time.now();
        try {
            while (!stop.await(Math.max(0, next.since(time.now()).toNanos()), TimeUnit.NANOSECONDS)) {
                once.run();
                // What was missed is not made up for.
                next = Moment.latest(next.plus(pace), time.now());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fault.accept(Thread.currentThread().getName() + " ended by a fault of this program: " + e);
        }
    }

    /** Stops all; whether they had come back by then. */
    public boolean stop(Duration atMost) {
        stop.countDown();
        Moment until = time.now().plus(atMost);
        boolean back = true;
        for (Thread thread : threads) {
            try {
                thread.join(Math.max(1, until.since(time.now()).toMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            back &= !thread.isAlive();
        }
        return back;
    }
}
