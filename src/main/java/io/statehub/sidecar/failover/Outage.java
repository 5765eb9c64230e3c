package io.statehub.sidecar.failover;

import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/**
 * A time in which a service didn't work.
 *
 * <p>A good attempt worked at some moment between its begin and its end, and a bad one found the fault at some moment
 * between them. So the outage began after {@code lastGood} and at the latest at {@code firstBad}, and it ended at
 * the earliest at {@code lastBad} and at the latest at {@code firstGood}.
 *
 * @param lastGood when the last good attempt before it began, not after {@code firstBad}; empty if none was ever seen
 * @param firstBad when the first bad attempt had its result
 * @param lastBad when the last bad attempt began
 * @param firstGood when the first good attempt after it had its result, not before {@code lastBad}; empty while it is
 *     ongoing
 * @param cause what the first bad attempt saw
 * @param unwatched how much of that time lay between two bad attempts of which one between them was not heard by a
 *     fault of ours, or not made as no sidecar ran: it may have worked meanwhile; not negative
 */
public record Outage(
        Optional<Moment> lastGood,
        Moment firstBad,
        Moment lastBad,
        Optional<Moment> firstGood,
        String cause,
        Duration unwatched) {

    /**
     * @throws IllegalArgumentException if the time without a look is negative, or it began or ended later than at the
     *     latest
     */
    public Outage {
        if (unwatched.isNegative()) {
            throw new IllegalArgumentException("not watched for " + unwatched);
        }
        if (lastGood.filter(good -> good.isAfter(firstBad)).isPresent()
                || firstGood.filter(lastBad::isAfter).isPresent()) {
            throw new IllegalArgumentException("an outage began from " + lastGood + " to " + firstBad
                    + ", and ended from " + lastBad + " to " + firstGood);
        }
    }

    /**
     * One whose good attempts are kept from lying between its bad ones, which attempts in parallel could bring about,
     * and a wall clock that was set meanwhile, where only that relates two processes.
     */
    public static Outage between(
            Optional<Moment> lastGood,
            Moment firstBad,
            Moment lastBad,
            Optional<Moment> firstGood,
            String cause,
            Duration unwatched) {
        return new Outage(
                lastGood.map(good -> Moment.earliest(good, firstBad)),
                firstBad,
                lastBad,
                firstGood.map(good -> Moment.latest(good, lastBad)),
                cause,
                unwatched);
    }

    static Outage begin(Optional<Moment> lastGood, Attempt bad) {
        return between(lastGood, bad.at(), bad.begun(), Optional.empty(), bad.evidence(), Duration.ZERO);
    }

    /** How long it lasted; of an ongoing one, how long it has lasted by {@code now}. */
    public Bounds bounds(Moment now) {
        return Bounds.of(firstBad, lastBad.minus(unwatched), lastGood, firstGood.orElse(now));
    }

    /** @param missed whether an attempt before this one and after the last one was not heard, or not made */
    Outage stillBad(Moment begun, boolean missed) {
        Moment last = begun.isAfter(lastBad) ? begun : lastBad;
        Duration gap = missed ? last.since(lastBad) : Duration.ZERO;
        return new Outage(lastGood, firstBad, last, firstGood, cause, unwatched.plus(gap));
    }

    Outage over(Moment at) {
        return between(lastGood, firstBad, lastBad, Optional.of(at), cause, unwatched);
    }
}
