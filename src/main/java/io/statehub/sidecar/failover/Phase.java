package io.statehub.sidecar.failover;

import io.statehub.sidecar.time.Moment;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The parts of a change of primary, each from one event to another. */
public enum Phase {
    /** From when the primary stopped answering until its loss is believed. */
    DETECTION(FailoverEvent.Kind.PRIMARY_SUSPECT, FailoverEvent.Kind.PRIMARY_LOST),
    /** From when its loss is believed until a member is out of recovery. It took no time, if one was sooner. */
    PROMOTION(FailoverEvent.Kind.PRIMARY_LOST, FailoverEvent.Kind.PROMOTED),
    /** From when a member is out of recovery until writes reach it. */
    ROUTING(FailoverEvent.Kind.PROMOTED, FailoverEvent.Kind.ROUTED),
    /** From when writes reach it until as many standbys stream as before. */
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

    /**
     * How long it took.
     *
     * @param looked when the last look at the members began: an ongoing one has lasted until then at least, and what
     *     has ended it since was not seen
     * @return empty if it never began, or was skipped: a later one began without it
     */
    public Optional<Bounds> bounds(Incident incident, Moment looked) {
        Optional<Occurrence> from = opened(incident);
        Optional<Occurrence> to = closed(incident);
        if (from.isEmpty() || to.isPresent()) {
            return from.flatMap(begin -> to.map(end -> Bounds.between(begin, end)));
        }
        boolean goesOn = incident.ending().isEmpty() && !laterOneBegan(incident);
        return goesOn
                ? Optional.of(
                        new Bounds(Bounds.notNegative(looked.since(from.get().latest())), Optional.empty()))
                : Optional.empty();
    }

    /** How long it took, by what happened when; empty if it never began or never ended. */
    public Optional<Bounds> bounds(Map<FailoverEvent.Kind, Occurrence> milestones) {
        return opened(milestones).flatMap(from -> closed(milestones).map(to -> Bounds.between(from, to)));
    }

    /** What opened it, by what happened when; empty if it never began. */
    public Optional<Occurrence> opened(Map<FailoverEvent.Kind, Occurrence> milestones) {
        return Optional.ofNullable(milestones.get(opening));
    }

    /** What closed it, by what happened when; empty if it never ended. */
    public Optional<Occurrence> closed(Map<FailoverEvent.Kind, Occurrence> milestones) {
        return Optional.ofNullable(milestones.get(closing));
    }

    private boolean laterOneBegan(Incident incident) {
        return Arrays.stream(values())
                .anyMatch(later ->
                        later.compareTo(this) > 0 && later.opened(incident).isPresent());
    }

    /** The name in metrics and JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
