package io.statehub.sidecar.failover;

import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/**
 * One service over time.
 *
 * @param lastGood when the last good attempt began
 * @param lastBad when the last bad attempt began
 * @param open the ongoing outage
 * @param last the outage that ended last
 * @param closed how long all outages that ended have lasted together; where one has no upper bound, because it was
 *     there from the start, it counts from its first bad attempt
 * @param outages how many began
 * @param missed whether an attempt after the last one was not heard by a fault of ours, or not made
 */
public record Availability(
        Optional<Moment> lastGood,
        Optional<Moment> lastBad,
        Optional<Outage> open,
        Optional<Outage> last,
        Downtime closed,
        long outages,
        boolean missed) {

    static final Availability UNTRIED = new Availability(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Downtime.NONE, 0, false);

    /** As a successor continues: what was counted is not handed down, and nobody has tried since. */
    public static Availability resumed(
            Optional<Moment> lastGood, Optional<Moment> lastBad, Optional<Outage> open, Optional<Outage> last) {
        return new Availability(lastGood, lastBad, open, last, Downtime.NONE, open.isPresent() ? 1 : 0, true);
    }

    /**
     * Outages that ended.
     *
     * @param lower sum of their lower bounds
     * @param upper sum of their upper bounds
     */
    public record Downtime(Duration lower, Duration upper) {
        static final Downtime NONE = new Downtime(Duration.ZERO, Duration.ZERO);

        Downtime plus(Outage outage, Moment now) {
            Moment begin = outage.lastGood().orElse(outage.firstBad());
            Moment end = outage.firstGood().orElse(now);
            return new Downtime(
                    lower.plus(outage.bounds(now).lower()), upper.plus(Bounds.notNegative(end.since(begin))));
        }
    }

    /**
     * How long the service was out in all, the ongoing outage included, up to {@code now}. Whoever needs a figure
     * that never falls asks for the last bad attempt: the one that ends the outage may come to be dated before a later
     * moment.
     */
    public Downtime downtime(Moment now) {
        return open.map(outage -> closed.plus(outage, now)).orElse(closed);
    }

    /** Takes in one attempt. */
    Availability next(Attempt attempt) {
        return attempt.good() ? worked(attempt) : failed(attempt);
    }

    /** An attempt was not heard by a fault of ours, or not made: what it would have shown is not known. */
    Availability afterMissedAttempt() {
        return missed ? this : new Availability(lastGood, lastBad, open, last, closed, outages, true);
    }

    private Availability worked(Attempt attempt) {
        Optional<Outage> over = open.map(outage -> outage.over(attempt.at()));
        Downtime total = over.map(outage -> closed.plus(outage, attempt.at())).orElse(closed);
        return new Availability(
                Optional.of(attempt.begun()), lastBad, Optional.empty(), over.or(() -> last), total, outages, false);
    }

    private Availability failed(Attempt attempt) {
        Optional<Moment> bad = Optional.of(attempt.begun());
        Outage outage = open.map(before -> before.stillBad(attempt.begun(), missed))
                .orElseGet(() -> Outage.begin(lastGood, attempt));
        return new Availability(
                lastGood, bad, Optional.of(outage), last, closed, open.isPresent() ? outages : outages + 1, false);
    }
}
