package io.statehub.sidecar.failover;

import io.statehub.sidecar.failover.FailoverEvent.Kind;
import java.util.Optional;

/** Moves from where nothing is in question. */
final class QuietMoves {

    private final Turn turn;
    private final Sights sights;

    QuietMoves(Turn turn) {
        this.turn = turn;
        this.sights = turn.sights();
    }

    FailoverState from(FailoverState.Unknown state) {
        if (state.leader().isPresent()) {
            Leader leader = state.leader().get();
            boolean stillUnseen = sights.of(leader) == Sights.Sight.UNSEEN || sights.of(leader) == Sights.Sight.NO_NEWS;
            return stillUnseen && sights.successor(leader).isEmpty() ? state : from(state, leader);
        }
        return sights.primaries().isEmpty() ? state : firstSight(state, "first seen");
    }

    FailoverState from(FailoverState.Stable state) {
        return from(state, state.leading());
    }

    private FailoverState firstSight(FailoverState.Quiet state, String how) {
        Leader leader = sights.primaries().get(0);
        turn.notes().add(Kind.PRIMARY_SEEN, turn.now(), leader.described() + " leads, " + how);
        return state.seen(leader);
    }

    private FailoverState from(FailoverState.Quiet state, Leader leader) {
        if (sights.anotherCluster(leader)) {
            return firstSight(state, "of another cluster than before");
        }
        Optional<Leader> successor = sights.successor(leader);
        if (successor.isPresent()) {
            boolean leadsOn = sights.of(leader) == Sights.Sight.LEADS
                    && !successor.get().member().equals(leader.member());
            Incident incident = leadsOn ? turn.beside(leader) : turn.suspecting(leader);
            return state.overtaken(turn.promoted(incident, successor.get()));
        }
        return switch (sights.of(leader)) {
            case LEADS -> leads(state, leader, sights.leading(leader).orElseThrow());
            case FOLLOWS, FAILS, DOWN -> state.suspected(turn.suspecting(leader));
            case UNSEEN -> outOfSight(state, leader);
            case NO_NEWS -> state;
        };
    }

    private FailoverState leads(FailoverState.Quiet state, Leader leader, Leader now) {
        if (!now.isSameRunAs(leader)) {
            Occurrence restart = Occurrence.between(
                    leader.seenAt(),
                    turn.now(),
                    "its postmaster started " + now.identity().postmasterStart());
            Incident incident = turn.suspecting(leader);
            return state.restarted(turn.notes().add(incident, Kind.PRIMARY_RESTARTED, restart), now);
        }
        if (sights.splitBrain()) {
            return state.splitBrain(turn.beside(leader), now);
        }
        if (state instanceof FailoverState.Unknown) {
            turn.notes().add(Kind.PRIMARY_SEEN, turn.now(), now.described() + " leads, as before");
        }
        return state.seen(now);
    }

    private FailoverState outOfSight(FailoverState.Quiet state, Leader leader) {
        if (state instanceof FailoverState.Stable stable) {
            turn.notes().add(Kind.PRIMARY_OUT_OF_SIGHT, turn.now(), sights.evidence(leader));
            return stable.outOfSight();
        }
        return state;
    }
}
