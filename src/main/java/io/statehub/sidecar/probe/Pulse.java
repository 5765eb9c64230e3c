package io.statehub.sidecar.probe;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Feels whether this process runs at all. A thread with nothing else to do wakes each period; by as much as it wakes
 * too late, everybody here was stopped: by a signal, by a spent quota of processor time, by a processor with more work
 * than it can do, or by the collector of garbage.
 */
public final class Pulse {

    /** A pause of 50 ms is seen, for forty wake-ups a second. */
    private static final Duration PERIOD = Duration.ofMillis(25);
    /** A thread of a sound machine wakes some milliseconds late at times: nobody misses a deadline for that. */
    private static final Duration JITTER = Duration.ofMillis(25);

    private final TimeSource time;
    private Moment last;
    private Duration lost = Duration.ZERO;

    /** A pulse that counts from now on, and has to be started. */
    public Pulse(TimeSource time) {
        this.time = time;
        this.last = time.now();
    }

    /** Begins, until the timer is shut down; the timer should have nothing else to do. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the timer and can't fail
    public void start(ScheduledExecutorService timer) {
        timer.scheduleWithFixedDelay(this::beat, 0, PERIOD.toNanos(), NANOSECONDS);
    }

    synchronized void beat() {
        Moment now = time.now();
        lost = lostAt(now);
        last = now;
    }

    /**
     * How long this process has been stopped since the pulse was made, with a pause that is just over; never less than
     * before.
     */
    public synchronized Duration lost() {
        return lostAt(time.now());
    }

    private Duration lostAt(Moment now) {
        Duration late = now.since(last).minus(PERIOD);
        return late.compareTo(JITTER) > 0 ? lost.plus(late) : lost;
    }
}
