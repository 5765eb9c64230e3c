package io.statehub.sidecar.failover;

import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All outages of one service within a stretch of time that was watched from one end to the other, by the same rules as
 * the tracker's.
 *
 * @param outages in order; only the last may still be open
 * @param longestGap the longest time between two good tries in a row, in which an outage would not have been seen;
 *     empty if there were no two
 * @param until when the watching ended
 */
public record Outages(List<Outage> outages, Optional<Duration> longestGap, Moment until) {

    /** What one try showed. */
    public enum Result {
        WORKED,
        FAILED,
        /** Nothing of the service: the fault was ours. */
        NOT_TOLD
    }

    /**
     * One try.
     *
     * @param begun when it began
     * @param at when its result was known
     * @param evidence what was seen, for people
     */
    public record Try(Moment begun, Moment at, Result result, String evidence) {}

    public Outages {
        outages = List.copyOf(outages);
    }

    /**
     * The outages that tries show.
     *
     * @param tries in the order of their results
     * @param since outages that were first seen before this moment are left out
     */
    public static Outages of(Service service, List<Try> tries, Moment since, Moment until) {
        List<Outage> outages = new ArrayList<>();
        Availability now = Availability.UNTRIED;
        Optional<Moment> good = Optional.empty();
        Optional<Duration> gap = Optional.empty();
        for (Try each : tries) {
            Optional<Outage> before = now.last();
            switch (each.result()) {
                case NOT_TOLD -> now = now.afterMissedAttempt();
                case WORKED, FAILED -> {
                    boolean worked = each.result() == Result.WORKED;
                    now = now.next(new Attempt(service, each.begun(), each.at(), worked, each.evidence()));
                    if (worked) {
                        gap = since.isAfter(each.at()) ? gap : longer(gap, good, each.at());
                        good = Optional.of(each.begun());
                    } else {
                        good = Optional.empty();
                    }
                }
            }
            now.last().filter(last -> !before.equals(Optional.of(last))).ifPresent(outages::add);
        }
        now.open().ifPresent(outages::add);
        outages.removeIf(outage -> since.isAfter(outage.firstBad()));
        return new Outages(outages, gap, until);
    }

    private static Optional<Duration> longer(Optional<Duration> gap, Optional<Moment> good, Moment at) {
        Optional<Duration> here = good.map(at::since);
        return here.filter(it -> gap.isEmpty() || it.compareTo(gap.get()) > 0).or(() -> gap);
    }

    /** Whether the service was still out when the watching ended. */
    public boolean open() {
        return !outages.isEmpty() && outages.get(outages.size() - 1).firstGood().isEmpty();
    }

    /** One of them; what had not ended has no upper bound. */
    public Bounds bounds(Outage outage) {
        Bounds bounds = outage.bounds(until);
        return outage.firstGood().isPresent() ? bounds : bounds.withoutUpper();
    }

    /**
     * How long all of them lasted together. With none, one could only have fallen between two good tries.
     */
    public Bounds total() {
        return outages.stream()
                .map(this::bounds)
                .reduce(Bounds::plus)
                .orElseGet(() -> new Bounds(Duration.ZERO, longestGap));
    }
}
