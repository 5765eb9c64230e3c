package io.statehub.sidecar.failover;

import io.statehub.sidecar.observation.Moment;
import java.util.Locale;
import java.util.Optional;

/** The parts of a change of primary, each from one event to another. */
public enum Phase {
    /** Until the loss of the primary is believed. */
    DETECTION(FailoverEvent.Kind.PRIMARY_SUSPECT, FailoverEvent.Kind.PRIMARY_LOST),
    /** From there until a member is out of recovery; nothing, if one was sooner. */
    PROMOTION(FailoverEvent.Kind.PRIMARY_LOST, FailoverEvent.Kind.PROMOTED),
    /** From there until the writes reach it. */
    ROUTING(FailoverEvent.Kind.PROMOTED, FailoverEvent.Kind.ROUTED),
    /** From there until as many standbys stream as before. */
    REDUNDANCY(FailoverEvent.Kind.ROUTED, FailoverEvent.Kind.REDUNDANT);

    private final FailoverEvent.Kind opening;
    private final FailoverEvent.Kind closing;

    Phase(FailoverEvent.Kind opening, FailoverEvent.Kind closing) {
        this.opening = opening;
        this.closing = closing;
    }

    /** What opened it, if it has begun. */
    public Optional<Occurrence> opened(Incident incident) {
        return incident.milestone(opening);
    }

    /** What closed it, if it is over. */
    public Optional<Occurrence> closed(Incident incident) {
        return incident.milestone(closing);
    }

    /** How long it took, or has taken by {@code now}; empty if it never began. */
    public Optional<Bounds> bounds(Incident incident, Moment now) {
        if (this == DETECTION && closed(incident).isEmpty() && incident.has(FailoverEvent.Kind.PROMOTED)) {
            // Another member took over before the loss was believed.
            return Optional.empty();
        }
        return opened(incident)
                .flatMap(from -> closed(incident)
                        .map(to -> Optional.of(Bounds.between(from, to)))
                        .orElseGet(() -> incident.ending().isPresent()
                                ? Optional.empty()
                                : Optional.of(
                                        new Bounds(Bounds.notNegative(now.since(from.latest())), Optional.empty()))));
    }

    /** The name in metrics and JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
