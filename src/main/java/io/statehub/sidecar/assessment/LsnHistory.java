package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    private static final LsnHistory EMPTY = new LsnHistory(Optional.empty(), Recent.of(List.of()), Set.of());

    /**
     * One run of a server that writes one timeline.
     *
     * @param shared whether somebody else is known to have written a timeline of that number: the number says nothing
     *     then
     */
    private record Origin(
            SystemIdentifier systemIdentifier, Timeline timeline, Instant postmasterStart, boolean shared) {

        boolean is(ServerIdentity run) {
            return systemIdentifier.equals(run.systemIdentifier())
                    && run.timeline().equals(Optional.of(timeline))
                    && postmasterStart.equals(run.postmasterStart());
        }
    }

    /** The primary was at this position no later than the first moment, and still no earlier than the last. */
    private record Stay(Lsn position, Moment first, Moment last) {}

    private final Optional<Origin> origin;
    private final Recent<Stay> stays;
    private final Set<String> followers;

    private LsnHistory(Optional<Origin> origin, Recent<Stay> stays, Set<String> followers) {
        this.origin = origin;
        this.stays = stays;
        this.followers = Set.copyOf(followers);
    }

    public static LsnHistory empty() {
        return EMPTY;
    }

    /**
     * Adds a look at the primary. Another cluster, timeline or run of a server begins a new history: positions don't
     * compare across, and a number alone doesn't tell one history from another.
     *
     * @param writer where it stands; only one that tells its timeline and its position adds anything
     * @param shared whether another server is known to have written a timeline of this number
     * @param asked when the probe began: the position is of no earlier moment
     * @param at when it was known: the position is of no later moment
     */
    LsnHistory seen(ServerIdentity writer, boolean shared, Moment asked, Moment at) {
        if (writer.timeline().isEmpty() || writer.position().isEmpty()) {
            return this;
        }
        Lsn position = writer.position().get();
        Origin here = new Origin(writer.systemIdentifier(), writer.timeline().get(), writer.postmasterStart(), shared);
        if (!isOf(writer) || stays.isEmpty()) {
            return new LsnHistory(Optional.of(here), Recent.of(List.of(new Stay(position, at, asked))), Set.of());
        }
        return new LsnHistory(Optional.of(here), with(position, asked, at), followers);
    }

    private Recent<Stay> with(Lsn position, Moment asked, Moment at) {
        Stay newest = stays.get(stays.size() - 1);
        if (!at.isAfter(newest.last()) || position.compareTo(newest.position()) < 0) {
            return stays;
        }
        if (position.equals(newest.position())) {
            List<Stay> longer = new ArrayList<>(stays);
            longer.set(stays.size() - 1, new Stay(position, newest.first(), asked));
            return Recent.of(longer);
        }
        return stays.with(new Stay(position, at, asked), CAPACITY);
    }

    /** Whether no primary was ever seen that told where it writes. */
    boolean isEmpty() {
        return stays.isEmpty();
    }

    /** The same, with the members that are known to be on it. */
    LsnHistory followedBy(Set<String> members) {
        return new LsnHistory(origin, stays, members);
    }

    /** The members that were on it when that was last known. */
    Set<String> followers() {
        return followers;
    }

    /** Whether this run of a server writes it. */
    boolean isOf(ServerIdentity writer) {
        return origin.filter(it -> it.is(writer)).isPresent();
    }

    /** Whether it is on a timeline of this one's number. */
    boolean isNumbered(ServerIdentity server) {
        return origin.filter(it -> it.systemIdentifier().equals(server.systemIdentifier())
                        && server.timeline().equals(Optional.of(it.timeline())))
                .isPresent();
    }

    /** Whether another server is known to have written a timeline of the same number. */
    boolean shared() {
        return origin.filter(Origin::shared).isPresent();
    }

    /**
     * How old the data up to a position is.
     *
     * @param replayed a position on this history
     * @param asked when the probe that saw it began
     * @param at when that was known
     * @return empty if there is no history
     */
    Optional<Staleness> staleness(Lsn replayed, Moment asked, Moment at) {
        if (stays.isEmpty()) {
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
