package io.statehub.sidecar.failover;

import io.statehub.sidecar.failover.FailoverEvent.Kind;
import java.util.Optional;

/** Moves from where nothing is in question. */
final class QuietMoves {

    private final StepContext context;
    private final ClusterSight sight;

    QuietMoves(StepContext context) {
        this.context = context;
        this.sight = context.sight();
    }

    FailoverState from(FailoverState.Unknown state) {
        if (state.leader().isPresent()) {
            Leader leader = state.leader().get();
            boolean stillUnseen = sight.of(leader) == ClusterSight.Appearance.UNSEEN
                    || sight.of(leader) == ClusterSight.Appearance.NO_NEWS;
            return stillUnseen && sight.successor(leader).isEmpty() ? state : from(state, leader);
        }
        return sight.primaries().isEmpty() ? state : firstSight(state, "first seen");
    }

    FailoverState from(FailoverState.Stable state) {
        return from(state, state.leading());
    }

    private FailoverState firstSight(FailoverState.Quiet state, String how) {
        Leader leader = sight.primaries().get(0);
        context.noticed().add(Kind.PRIMARY_SEEN, context.now(), leader.described() + " leads, " + how);
        return state.toStable(leader);
    }

    private FailoverState from(FailoverState.Quiet state, Leader leader) {
        if (sight.anotherCluster(leader)) {
            return firstSight(state, "of another cluster than before");
        }
        Optional<Leader> successor = sight.successor(leader);
        if (successor.isPresent()) {
            return state.toPromoted(context.promoted(context.suspecting(leader), successor.get()));
        }
        return switch (sight.of(leader)) {
            case LEADS -> leads(state, leader, sight.leading(leader).orElseThrow());
            case FOLLOWS, FAILS, DOWN -> state.toSuspect(context.suspecting(leader));
            case UNSEEN -> outOfSight(state, leader);
            // No news is good news only as long as nobody else is seen who may lead.
            case NO_NEWS -> context.leadsAlone(leader) ? state : outOfSight(state, leader);
        };
    }

    private FailoverState leads(FailoverState.Quiet state, Leader leader, Leader now) {
        if (!now.isSameRunAs(leader)) {
            Occurrence restart = Occurrence.between(
                    leader.seenAt(),
                    context.now(),
                    "its postmaster started " + now.identity().postmasterStart());
            Incident incident = context.suspecting(leader);
            return state.toReturned(context.noticed().add(incident, Kind.PRIMARY_RESTARTED, restart), now);
        }
        if (state instanceof FailoverState.Unknown) {
            context.noticed().add(Kind.PRIMARY_SEEN, context.now(), now.described() + " leads, as before");
        }
        return state.toStable(now);
    }

    private FailoverState outOfSight(FailoverState.Quiet state, Leader leader) {
        if (state instanceof FailoverState.Stable stable) {
            context.noticed().add(Kind.PRIMARY_OUT_OF_SIGHT, context.now(), sight.evidence(leader));
            return stable.toUnknown();
        }
        return state;
    }
}
