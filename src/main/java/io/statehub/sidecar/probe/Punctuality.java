package io.statehub.sidecar.probe;

import io.statehub.sidecar.observation.ProcessObservation;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Measures how late one loop is, from the end of each of its rounds to the end of the next one: by the pulse of the
 * process, and by how late the loop's own rounds begin, are handed to threads and are closed. The larger of the two
 * counts, since a busy processor may let a thread through that has nothing to do, and keep one waiting that has.
 */
public final class Punctuality {

    private static final Duration LEAST_TOLERATED = Duration.ofMillis(100);
    private static final int SHARE_OF_DEADLINE = 4;

    private final Supplier<Duration> pulse;
    private final Duration tolerated;
    private Moment from;
    private Duration pulseThen;
    private Duration delays = Duration.ZERO;
    private Duration longestWait = Duration.ZERO;

    /**
     * Measures from now on.
     *
     * @param pulse how long the process was stopped so far, never less than before
     * @param tolerated what may be lost in a round before it is late
     */
    public Punctuality(Supplier<Duration> pulse, Duration tolerated, Moment now) {
        this.pulse = pulse;
        this.tolerated = tolerated;
        this.from = now;
        this.pulseThen = pulse.get();
    }

    /** Measures a loop whose probes have this deadline: a quarter of it, and 0.1 s at least, may be lost. */
    public static Punctuality of(Cadence cadence, Pulse pulse, TimeSource time) {
        Duration tolerated = max(LEAST_TOLERATED, cadence.deadline().dividedBy(SHARE_OF_DEADLINE));
        return new Punctuality(pulse::lost, tolerated, time.now());
    }

    /** Something that was due came later than it should. */
    synchronized void delayed(Duration late) {
        if (!late.isNegative()) {
            delays = delays.plus(late);
        }
    }

    /** A probe has waited so long for its thread; several of them wait at once, so the longest counts. */
    synchronized void waited(Duration forThread) {
        longestWait = max(longestWait, forThread);
    }

    /** What the time since the last round came to; the next one begins here. */
    synchronized ProcessObservation roundOver(Moment now) {
        Duration pulseNow = pulse.get();
        Duration took = now.since(from);
        Duration lost = min(took, max(pulseNow.minus(pulseThen), delays.plus(longestWait)));
        from = now;
        pulseThen = pulseNow;
        delays = Duration.ZERO;
        longestWait = Duration.ZERO;
        return new ProcessObservation(now, took, lost, tolerated);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
