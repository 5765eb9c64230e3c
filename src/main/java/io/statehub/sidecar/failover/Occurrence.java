package io.statehub.sidecar.failover;

import io.statehub.sidecar.time.Moment;

/**
 * Something that happened between two looks.
 *
 * @param earliest it had not happened before this moment
 * @param latest by this moment it had
 * @param evidence what shows it, for people
 */
public record Occurrence(Moment earliest, Moment latest, String evidence) {

    /** @throws IllegalArgumentException if the earliest moment lies after the latest */
    public Occurrence {
        if (earliest.isAfter(latest)) {
            throw new IllegalArgumentException("'" + evidence + "' from " + earliest + " to " + latest);
        }
    }

    /** A decision of our own, whose moment is known. */
    static Occurrence exactly(Moment at, String evidence) {
        return new Occurrence(at, at, evidence);
    }

    /**
     * One whose earliest moment is kept from lying after its latest, which looks in parallel could bring about, and a
     * wall clock that was set between the two, where only that relates two processes.
     */
    public static Occurrence between(Moment earliest, Moment latest, String evidence) {
        return new Occurrence(Moment.earliest(earliest, latest), latest, evidence);
    }
}
