package io.statehub.sidecar.failover;

import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.time.Moment;
import java.util.Optional;

/** Moves within an incident while the old primary is the one that counts. */
final class PrimaryMoves {

    private final StepContext context;
    private final ClusterSight sights;
    private final StepEvents noticed;

    PrimaryMoves(StepContext context) {
        this.context = context;
        this.sights = context.sights();
        this.noticed = context.noticed();
    }

    FailoverState from(FailoverState.Suspect state) {
        Incident incident = state.trouble();
        Optional<Leader> successor = sights.successor(state.leading());
        if (successor.isPresent()) {
            return state.toPromoted(context.promoted(incident, successor.get()));
        }
        return switch (sights.of(state.leading())) {
            case LEADS -> {
                Leader leader = sights.leading(state.leading()).orElseThrow();
                yield state.toReturned(context.back(incident, leader), leader);
            }
            case FOLLOWS, DOWN ->
                state.toFailingOver(noticed.add(
                        incident,
                        Kind.PRIMARY_LOST,
                        Occurrence.exactly(context.now(), sights.evidence(state.leading()))));
            case FAILS, UNSEEN, NO_NEWS -> state;
        };
    }

    FailoverState from(FailoverState.FailingOver state) {
        Incident incident = state.trouble();
        Optional<Leader> successor = sights.successor(state.leading());
        if (successor.isPresent()) {
            return state.toPromoted(context.promoted(incident, successor.get()));
        }
        return sights.leading(state.leading())
                .map(leader -> (FailoverState) state.toReturned(context.back(incident, leader), leader))
                .orElse(state);
    }

    FailoverState from(FailoverState.Returned state) {
        Optional<Leader> successor = sights.successor(state.leading());
        if (successor.isPresent()) {
            return state.toPromoted(context.promoted(state.trouble(), successor.get()));
        }
        return switch (sights.of(state.leading())) {
            case LEADS -> returned(state);
            case FOLLOWS, FAILS, DOWN -> state.toSuspect();
            case UNSEEN, NO_NEWS -> state;
        };
    }

    private FailoverState returned(FailoverState.Returned state) {
        Leader leader = sights.leading(state.leading()).orElseThrow();
        Incident incident = state.trouble();
        if (!leader.isSameRunAs(state.leading())) {
            Occurrence restart =
                    Occurrence.between(state.leading().seenAt(), context.now(), leader.described() + " was restarted");
            incident = noticed.add(incident, Kind.PRIMARY_RESTARTED, restart);
        }
        FailoverState.Returned seen = state.with(incident).seen(leader);
        if (!context.leadsAlone(incident, leader) || !writesWorkAgain(incident)) {
            return seen;
        }
        context.end(incident, outcome(incident), leader.described() + " leads and takes writes");
        return seen.toStable();
    }

    private static Outcome outcome(Incident incident) {
        if (incident.has(Kind.NO_CANDIDATE) || incident.newPrimary().isPresent()) {
            return Outcome.FAILED;
        }
        if (incident.has(Kind.PRIMARY_RESTARTED)) {
            return Outcome.RESTART;
        }
        return incident.has(Kind.SPLIT_BRAIN) ? Outcome.SPLIT_BRAIN : Outcome.BLIP;
    }

    /** A write that began after the trouble has worked, or writes were never tried. */
    private boolean writesWorkAgain(Incident incident) {
        Availability writes = context.known().service(Service.WRITE);
        Moment trouble =
                incident.milestone(Kind.PRIMARY_SUSPECT).map(Occurrence::latest).orElse(incident.noticed());
        return writes.open().isEmpty()
                && writes.lastGood().map(good -> good.isAfter(trouble)).orElse(true);
    }

    FailoverState from(FailoverState.SplitBrain state) {
        Optional<Leader> successor = sights.successor(state.leading());
        if (successor.isPresent()) {
            return state.toPromoted(context.promoted(state.trouble(), successor.get()));
        }
        return switch (sights.of(state.leading())) {
            case LEADS -> splitBrain(state);
            case FOLLOWS, FAILS, DOWN -> state.toSuspect(context.suspecting(state.trouble(), state.leading()));
            case UNSEEN, NO_NEWS -> state;
        };
    }

    private FailoverState splitBrain(FailoverState.SplitBrain state) {
        Leader leader = sights.leading(state.leading()).orElseThrow();
        FailoverState.SplitBrain seen = state.seen(leader);
        if (!sights.alone(leader)) {
            return seen;
        }
        context.end(state.trouble(), Outcome.SPLIT_BRAIN, leader.described() + " leads alone");
        return seen.toStable();
    }
}
