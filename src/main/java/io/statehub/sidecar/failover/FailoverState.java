package io.statehub.sidecar.failover;

import java.util.Optional;

/**
 * Where the cluster stands, between two incidents or within one. Each state has the legal moves as methods, and no
 * others.
 */
public sealed interface FailoverState {

    /** A move from each state. One that is added must be given a move before anything compiles. */
    interface Moves {
        FailoverState from(Unknown state);

        FailoverState from(Stable state);

        FailoverState from(Suspect state);

        FailoverState from(FailingOver state);

        FailoverState from(Returned state);

        FailoverState from(Promoted state);

        FailoverState from(Routed state);

        FailoverState from(SplitBrain state);
    }

    /** The move that is to be made from here; the same state if there is none. */
    FailoverState next(Moves moves);

    /** Which of them it is. */
    Standing standing();

    /** The name in metrics, JSON and log. */
    default String label() {
        return standing().label();
    }

    /** The ongoing incident. */
    Optional<Incident> incident();

    /** The member that leads, or did when it was seen last. */
    Optional<Leader> leader();

    /** Nothing is in question. */
    sealed interface Quiet extends FailoverState permits Unknown, Stable {
        @Override
        default Optional<Incident> incident() {
            return Optional.empty();
        }

        default Stable toStable(Leader leader) {
            return new Stable(leader);
        }

        default Suspect toSuspect(Incident incident) {
            return new Suspect(incident);
        }

        default Returned toReturned(Incident incident, Leader leader) {
            return new Returned(incident, leader);
        }

        default Promoted toPromoted(Incident incident) {
            return new Promoted(incident);
        }

        default SplitBrain toSplitBrain(Incident incident, Leader leader) {
            return new SplitBrain(incident, leader);
        }
    }

    /** {@link Standing#UNKNOWN}. */
    record Unknown(Optional<Leader> leader) implements Quiet {
        @Override
        public FailoverState next(Moves moves) {
            return moves.from(this);
        }

        @Override
        public Standing standing() {
            return Standing.UNKNOWN;
        }
    }

    /** {@link Standing#STABLE}. */
    record Stable(Leader leading) implements Quiet {
        @Override
        public FailoverState next(Moves moves) {
            return moves.from(this);
        }

        @Override
        public Standing standing() {
            return Standing.STABLE;
        }

        @Override
        public Optional<Leader> leader() {
            return Optional.of(leading);
        }

        Unknown toUnknown() {
            return new Unknown(leader());
        }
    }

    /** An incident is ongoing. */
    sealed interface Troubled extends FailoverState
            permits Suspect, FailingOver, Returned, Promoted, Routed, SplitBrain {
        Incident trouble();

        /** The same state with more known of its incident. */
        Troubled with(Incident more);

        Leader leading();

        /** Another member is seen out of recovery beside one that is. */
        default SplitBrain toSplitBrain(Incident incident, Leader leader) {
            return new SplitBrain(incident, leader);
        }

        @Override
        default Optional<Incident> incident() {
            return Optional.of(trouble());
        }

        @Override
        default Optional<Leader> leader() {
            return Optional.of(leading());
        }
    }

    /** {@link Standing#PRIMARY_SUSPECT}. */
    record Suspect(Incident trouble) implements Troubled {
        @Override
        public FailoverState next(Moves moves) {
            return moves.from(this);
        }

        @Override
        public Standing standing() {
            return Standing.PRIMARY_SUSPECT;
        }

        @Override
        public Leader leading() {
            return trouble.oldPrimary();
        }

        @Override
        public Suspect with(Incident more) {
            return new Suspect(more);
        }

        FailingOver toFailingOver(Incident incident) {
            return new FailingOver(incident);
        }

        Returned toReturned(Incident incident, Leader leader) {
            return new Returned(incident, leader);
        }

        Promoted toPromoted(Incident incident) {
            return new Promoted(incident);
        }
    }

    /** {@link Standing#FAILING_OVER}. */
    record FailingOver(Incident trouble) implements Troubled {
        @Override
        public FailoverState next(Moves moves) {
            return moves.from(this);
        }

        @Override
        public Standing standing() {
            return Standing.FAILING_OVER;
        }

        @Override
        public Leader leading() {
            return trouble.oldPrimary();
        }

        @Override
        public FailingOver with(Incident more) {
            return new FailingOver(more);
        }

        Returned toReturned(Incident incident, Leader leader) {
            return new Returned(incident, leader);
        }

        Promoted toPromoted(Incident incident) {
            return new Promoted(incident);
        }
    }

    /** {@link Standing#PRIMARY_RETURNED}. */
    record Returned(Incident trouble, Leader leading) implements Troubled {
        @Override
        public FailoverState next(Moves moves) {
            return moves.from(this);
        }

        @Override
        public Standing standing() {
            return Standing.PRIMARY_RETURNED;
        }

        @Override
        public Returned with(Incident more) {
            return new Returned(more, leading);
        }

        Returned seen(Leader leader) {
            return new Returned(trouble, leader);
        }

        Suspect toSuspect() {
            return new Suspect(trouble);
        }

        Promoted toPromoted(Incident incident) {
            return new Promoted(incident);
        }

        Stable toStable() {
            return new Stable(leading);
        }
    }

    /** {@link Standing#PROMOTED}. */
    record Promoted(Incident trouble) implements Troubled {
        @Override
        public FailoverState next(Moves moves) {
            return moves.from(this);
        }

        @Override
        public Standing standing() {
            return Standing.PROMOTED;
        }

        @Override
        public Leader leading() {
            return trouble.newPrimary().orElse(trouble.oldPrimary());
        }

        @Override
        public Promoted with(Incident more) {
            return new Promoted(more);
        }

        Promoted toPromoted(Incident incident) {
            return new Promoted(incident);
        }

        Routed toRouted(Incident incident) {
            return new Routed(incident);
        }

        FailingOver toFailingOver(Incident incident) {
            return new FailingOver(incident);
        }

        Returned toReturned(Incident incident, Leader leader) {
            return new Returned(incident, leader);
        }
    }

    /** {@link Standing#ROUTED}. */
    record Routed(Incident trouble) implements Troubled {
        @Override
        public FailoverState next(Moves moves) {
            return moves.from(this);
        }

        @Override
        public Standing standing() {
            return Standing.ROUTED;
        }

        @Override
        public Leader leading() {
            return trouble.newPrimary().orElse(trouble.oldPrimary());
        }

        @Override
        public Routed with(Incident more) {
            return new Routed(more);
        }

        /** Redundancy is back, or the next incident begins before it is. */
        Stable toStable() {
            return new Stable(leading());
        }
    }

    /**
     * {@link Standing#SPLIT_BRAIN}.
     *
     * @param leading the one whose history is the youngest, as far as that can be told; else the one that led before
     */
    record SplitBrain(Incident trouble, Leader leading) implements Troubled {
        @Override
        public FailoverState next(Moves moves) {
            return moves.from(this);
        }

        @Override
        public Standing standing() {
            return Standing.SPLIT_BRAIN;
        }

        @Override
        public SplitBrain with(Incident more) {
            return new SplitBrain(more, leading);
        }

        SplitBrain seen(Leader leader) {
            return new SplitBrain(trouble, leader);
        }

        /** The old primary is the one that is left. */
        Returned toReturned(Incident incident, Leader leader) {
            return new Returned(incident, leader);
        }

        /** The one that was promoted is left. */
        Promoted toPromoted(Incident incident) {
            return new Promoted(incident);
        }

        /** None is left. */
        FailingOver toFailingOver(Incident incident) {
            return new FailingOver(incident);
        }

        /** The next incident begins, with a promotion after writes were back. */
        Stable toStable() {
            return new Stable(leading);
        }
    }
}
