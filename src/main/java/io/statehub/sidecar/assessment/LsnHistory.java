package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the primary stood when, on this process's own clock.
 *
 * <p>A standby that has replayed up to some position holds the data of the moment at which the primary was last seen at
 * or before that position. So a position becomes an age without comparing two machines' clocks, without write rights,
 * and rightly also while replay is paused or the primary is frozen (decision 0003).
 */
public final class LsnHistory {

    /** At a look a second, eight minutes: beyond any bound on staleness that still makes sense, and 20 kB. */
    static final int CAPACITY = 512;

    private static final LsnHistory EMPTY = new LsnHistory(Optional.empty(), List.of());

    private record Origin(SystemIdentifier systemIdentifier, Timeline timeline) {}

    /** The primary was at this position no later than the first moment, and still no earlier than the last. */
    private record Stay(Lsn position, Moment first, Moment last) {}

    private final Optional<Origin> origin;
    private final List<Stay> stays;

    private LsnHistory(Optional<Origin> origin, List<Stay> stays) {
        this.origin = origin;
        this.stays = stays;
    }

    public static LsnHistory empty() {
        return EMPTY;
    }

    /**
     * Adds a look at the primary. Another cluster or timeline begins a new history: positions don't compare across.
     *
     * @param asked when the probe began: the position is of no earlier moment
     * @param at when it was known: the position is of no later moment
     */
    LsnHistory seen(SystemIdentifier systemIdentifier, Timeline timeline, Lsn position, Moment asked, Moment at) {
        Optional<Origin> here = Optional.of(new Origin(systemIdentifier, timeline));
        if (!here.equals(origin) || stays.isEmpty()) {
            return new LsnHistory(here, List.of(new Stay(position, at, asked)));
        }
        Stay newest = stays.get(stays.size() - 1);
        if (!at.isAfter(newest.last()) || position.compareTo(newest.position()) < 0) {
            return this;
        }
        if (position.equals(newest.position())) {
            List<Stay> longer = new ArrayList<>(stays);
            longer.set(stays.size() - 1, new Stay(position, newest.first(), asked));
            return new LsnHistory(here, longer);
        }
        List<Stay> next = new ArrayList<>(stays.subList(Math.max(0, stays.size() + 1 - CAPACITY), stays.size()));
        next.add(new Stay(position, at, asked));
        return new LsnHistory(here, next);
    }

    /**
     * How old the newest data of a standby is.
     *
     * @param replayed the position that it has replayed
     * @param asked when the probe that saw it began
     * @param at when that was known
     * @return empty if its history is not the one remembered here
     */
    Optional<Staleness> staleness(
            SystemIdentifier systemIdentifier, Timeline timeline, Lsn replayed, Moment asked, Moment at) {
        if (!origin.equals(Optional.of(new Origin(systemIdentifier, timeline)))) {
            return Optional.empty();
        }
        int held = stays.size() - 1;
        while (held >= 0 && stays.get(held).position().compareTo(replayed) > 0) {
            held--;
        }
        Optional<Duration> atMost =
                held < 0 ? Optional.empty() : Optional.of(age(stays.get(held).last(), at));
        boolean nothingMissing = held == stays.size() - 1;
        Duration atLeast =
                nothingMissing ? Duration.ZERO : age(stays.get(held + 1).first(), asked);
        return Optional.of(new Staleness(atLeast, atMost));
    }

    /** How many stays are remembered, at most {@link #CAPACITY}. */
    int size() {
        return stays.size();
    }

    /** A standby may have been seen just before the primary was; its data is then not from the future, but fresh. */
    private static Duration age(Moment written, Moment at) {
        Duration age = at.since(written);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
