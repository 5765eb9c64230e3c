package io.statehub.sidecar.testing;

import java.time.Duration;

/**
 * Whoever is told, one look after another, what is seen. {@code Story} is the assessment alone, {@code Chronicle} a
 * story with the tracker of failovers, {@code Stage} the whole process. What isn't mentioned was not asked.
 *
 * @param <T> what it comes to
 */
public interface Telling<T> {

    Duration SECOND = Duration.ofSeconds(1);

    /** So much later, this is seen. */
    T after(Duration passed, Sighting... seen);

    /** A second later, this is seen. */
    default T next(Sighting... seen) {
        return after(SECOND, seen);
    }

    /** Half a second later, this is seen. */
    default T look(Sighting... seen) {
        return after(SECOND.dividedBy(2), seen);
    }

    /** Half a second later, a beat has this outcome. */
    default T beat(Sighting seen) {
        return look(seen);
    }

    /**
     * The same is seen several times, a second apart.
     *
     * @param times at least 1
     */
    default T times(int times, Sighting... seen) {
        T last = next(seen);
        for (int i = 1; i < times; i++) {
            last = next(seen);
        }
        return last;
    }

    /**
     * Several rounds: a look, and half a second later a beat.
     *
     * @param times at least 1
     */
    default T rounds(int times, Sighting beat, Sighting... seen) {
        look(seen);
        T last = beat(beat);
        for (int i = 1; i < times; i++) {
            look(seen);
            last = beat(beat);
        }
        return last;
    }
}
