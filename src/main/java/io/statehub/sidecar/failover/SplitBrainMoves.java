package io.statehub.sidecar.failover;

import java.util.List;
import java.util.Optional;

/** Moves into, within and out of a split brain. */
final class SplitBrainMoves {

    private final StepContext context;
    private final ClusterSight sight;
    private final SuccessorMoves successor;

    SplitBrainMoves(StepContext context) {
        this.context = context;
        this.sight = context.sight();
        this.successor = new SuccessorMoves(context);
    }

    /** From wherever it is seen that two members are out of recovery at once. */
    Optional<FailoverState> into(FailoverState state) {
        if (!context.known().primaries().splitBrain() || state instanceof FailoverState.SplitBrain) {
            return Optional.empty();
        }
        if (state instanceof FailoverState.Troubled troubled) {
            boolean nextIncident = troubled.trouble().writesAreBack()
                    && sight.younger(troubled.leading()).isPresent();
            return nextIncident
                    ? Optional.empty()
                    : Optional.of(troubled.toSplitBrain(troubled.trouble(), troubled.leading()));
        }
        FailoverState.Quiet quiet = (FailoverState.Quiet) state;
        return quiet.leader().map(leader -> quiet.toSplitBrain(begun(leader), leader));
    }

    private Incident begun(Leader leader) {
        boolean leadsOn =
                sight.leading(leader).filter(now -> now.isSameRunAs(leader)).isPresent();
        return leadsOn ? context.beside(leader) : context.suspecting(leader);
    }

    FailoverState from(FailoverState.SplitBrain state) {
        Leader leader = state.leading();
        Optional<Leader> younger = sight.younger(leader);
        if (younger.isPresent()) {
            return promoted(state, younger.get());
        }
        Leader now = sight.leading(leader).orElse(leader);
        Incident incident = state.trouble();
        if (incident.isNewPrimary(leader)) {
            incident = successor.noteRouted(incident.seen(now), now);
        }
        FailoverState.SplitBrain seen = state.with(incident).seen(now);
        return context.known().primaries().splitBrain() ? seen : over(seen);
    }

    private FailoverState promoted(FailoverState.SplitBrain state, Leader younger) {
        Incident incident = state.trouble();
        if (incident.writesAreBack()) {
            Outcome outcome = incident.isNewPrimary(state.leading())
                    ? SuccessorMoves.changed(incident)
                    : PrimaryMoves.outcome(incident);
            context.end(incident, outcome, "the next incident begins: " + younger.described() + " was promoted");
            return state.toStable();
        }
        return state.toSplitBrain(context.promoted(incident, younger), younger);
    }

    /** At most one of those that were out of recovery at once may still be written to. */
    private FailoverState over(FailoverState.SplitBrain state) {
        Incident incident = state.trouble();
        Leader leader = state.leading();
        PrimarySights primaries = context.known().primaries();
        if (primaries.isDangerous(leader)) {
            return incident.isNewPrimary(leader) ? state.toPromoted(incident) : state.toReturned(incident, leader);
        }
        List<Leader> left = primaries.dangerousLeaders();
        Optional<Leader> old = left.stream()
                .filter(it -> it.member().equals(incident.oldPrimary().member()))
                .findFirst();
        if (old.isPresent()) {
            return state.toReturned(context.back(incident, old.get()), old.get());
        }
        return left.isEmpty()
                ? state.toFailingOver(incident)
                : state.toPromoted(context.promoted(incident, left.get(0)));
    }
}
