package io.statehub.sidecar.failover;

import io.statehub.sidecar.failover.ClusterSight.Appearance;
import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.time.Moment;
import java.util.Optional;

/** Moves within an incident while the old primary is the one that counts. */
final class PrimaryMoves {

    private final StepContext context;
    private final ClusterSight sight;
    private final StepEvents noticed;

    PrimaryMoves(StepContext context) {
        this.context = context;
        this.sight = context.sight();
        this.noticed = context.noticed();
    }

    FailoverState from(FailoverState.Suspect state) {
        Incident incident = state.trouble();
        Optional<Leader> successor = sight.successor(state.leading());
        if (successor.isPresent()) {
            return state.toPromoted(context.promoted(incident, successor.get()));
        }
        return switch (sight.of(state.leading())) {
            case LEADS -> {
                Leader leader = sight.leading(state.leading()).orElseThrow();
                yield state.toReturned(context.back(incident, leader), leader);
            }
            case FOLLOWS, DOWN ->
                state.toFailingOver(noticed.add(
                        incident,
                        Kind.PRIMARY_LOST,
                        Occurrence.exactly(context.now(), sight.evidence(state.leading()))));
            case FAILS, UNSEEN, NO_NEWS -> state;
        };
    }

    FailoverState from(FailoverState.FailingOver state) {
        Incident incident = state.trouble();
        Optional<Leader> successor = sight.successor(state.leading());
        if (successor.isPresent()) {
            return state.toPromoted(context.promoted(incident, successor.get()));
        }
        return sight.leading(state.leading())
                .map(leader -> (FailoverState) state.toReturned(context.back(incident, leader), leader))
                .orElse(state);
    }

    FailoverState from(FailoverState.Returned state) {
        return state.trouble().writesAreBack() ? working(state) : waiting(state);
    }

    private FailoverState waiting(FailoverState.Returned state) {
        Optional<Leader> successor = sight.successor(state.leading());
        if (successor.isPresent()) {
            return state.toPromoted(context.promoted(endedAgain(state), successor.get()));
        }
        return switch (sight.of(state.leading())) {
            case LEADS -> returned(state);
            case FOLLOWS, FAILS, DOWN -> state.with(endedAgain(state)).toSuspect();
            case UNSEEN, NO_NEWS -> state;
        };
    }

    private static Incident endedAgain(FailoverState.Returned state) {
        return OrderlyEnds.notTheLast(state.trouble());
    }

    /** Writes work, and all that is waited for is the fate of another member: what breaks now is another trouble. */
    private FailoverState working(FailoverState.Returned state) {
        Appearance appearance = sight.of(state.leading());
        boolean gone = appearance == Appearance.DOWN || appearance == Appearance.FOLLOWS;
        if (gone || sight.successor(state.leading()).isPresent()) {
            String fate = context.known().primaries().describedOthers(state.leading());
            context.end(
                    state.trouble(),
                    outcome(state.trouble()),
                    "the next incident begins before it is known what became of " + fate);
            return state.toStable();
        }
        return appearance == Appearance.LEADS ? returned(state) : state;
    }

    private FailoverState returned(FailoverState.Returned state) {
        Leader leader = sight.leading(state.leading()).orElseThrow();
        Incident incident = state.trouble();
        if (!leader.isSameRunAs(state.leading())) {
            Occurrence restart =
                    Occurrence.between(state.leading().seenAt(), context.now(), leader.described() + " was restarted");
            incident = noticed.add(incident, Kind.PRIMARY_RESTARTED, restart);
        }
        FailoverState.Returned seen = state.with(incident).seen(leader);
        Optional<Occurrence> back = writesWorkAgain(incident);
        if (back.isEmpty() && !incident.writesAreBack()) {
            return seen;
        }
        if (context.leadsAlone(leader)) {
            context.end(incident, outcome(incident), leader.described() + " leads and takes writes");
            return seen.toStable();
        }
        Incident working = back.isPresent() ? noticed.add(incident, Kind.WRITES_BACK, back.get()) : incident;
        return seen.with(working);
    }

    static Outcome outcome(Incident incident) {
        if (incident.has(Kind.NO_CANDIDATE) || incident.newPrimary().isPresent()) {
            return Outcome.FAILED;
        }
        if (incident.has(Kind.PRIMARY_RESTARTED)) {
            return Outcome.RESTART;
        }
        return incident.has(Kind.SPLIT_BRAIN) ? Outcome.SPLIT_BRAIN : Outcome.BLIP;
    }

    /** Writes work if one that began after the trouble did, or if they were never tried. */
    private Optional<Occurrence> writesWorkAgain(Incident incident) {
        Availability writes = context.known().service(Service.WRITE);
        Moment trouble =
                incident.milestone(Kind.PRIMARY_SUSPECT).map(Occurrence::latest).orElse(incident.noticed());
        boolean untried = writes.lastGood().isEmpty();
        boolean since = writes.lastGood().filter(good -> good.isAfter(trouble)).isPresent();
        return writes.open().isEmpty() && (untried || since)
                ? Optional.of(Occurrence.between(trouble, context.now(), "a write was acknowledged since"))
                : Optional.empty();
    }
}
