package io.statehub.sidecar.failover;

import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.failover.Sights.Sight;
import io.statehub.sidecar.observation.Moment;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import java.util.Optional;

/** Moves within an incident, and out of it. */
final class TroubledMoves {

    private final Turn turn;
    private final Sights sights;
    private final Notes notes;

    TroubledMoves(Turn turn) {
        this.turn = turn;
        this.sights = turn.sights();
        this.notes = turn.notes();
    }

    FailoverState from(FailoverState.Suspect state) {
        Incident incident = state.trouble();
        Optional<Leader> successor = sights.successor(state.leading());
        if (successor.isPresent()) {
            return state.promoted(turn.promoted(incident, successor.get()));
        }
        return switch (sights.of(state.leading())) {
            case LEADS -> back(incident, (known, leader) -> state.back(known, leader));
            case FOLLOWS, DOWN ->
                state.confirmed(notes.add(
                        incident, Kind.PRIMARY_LOST, Occurrence.exactly(turn.now(), sights.evidence(state.leading()))));
            case FAILS, UNSEEN, NO_NEWS -> state;
        };
    }

    FailoverState from(FailoverState.FailingOver state) {
        Incident incident = state.trouble();
        Optional<Leader> successor = sights.successor(state.leading());
        if (successor.isPresent()) {
            return state.promoted(turn.promoted(incident, successor.get()));
        }
        return sights.of(state.leading()) == Sight.LEADS
                ? back(incident, (known, leader) -> state.back(known, leader))
                : state;
    }

    /** How a state is left when its old primary leads again. */
    private interface Return {
        FailoverState with(Incident incident, Leader leader);
    }

    private FailoverState back(Incident incident, Return move) {
        Leader leader = sights.leading(incident.oldPrimary()).orElseThrow();
        boolean sameRun = leader.isSameRunAs(incident.oldPrimary());
        Moment failedLast = incident.milestone(Kind.PRIMARY_SUSPECT)
                .map(Occurrence::earliest)
                .orElse(turn.before());
        Occurrence at = Occurrence.between(
                Moment.latest(failedLast, turn.before()),
                turn.now(),
                leader.described() + " leads again, its postmaster started "
                        + leader.identity().postmasterStart());
        return move.with(notes.add(incident, sameRun ? Kind.PRIMARY_BACK : Kind.PRIMARY_RESTARTED, at), leader);
    }

    FailoverState from(FailoverState.Returned state) {
        Optional<Leader> successor = sights.successor(state.leading());
        if (successor.isPresent()) {
            return state.overtaken(turn.promoted(state.trouble(), successor.get()));
        }
        return switch (sights.of(state.leading())) {
            case LEADS -> returned(state);
            case FOLLOWS, FAILS, DOWN -> state.lostAgain();
            case UNSEEN, NO_NEWS -> state;
        };
    }

    private FailoverState returned(FailoverState.Returned state) {
        Leader leader = sights.leading(state.leading()).orElseThrow();
        Incident incident = state.trouble();
        if (!leader.isSameRunAs(state.leading())) {
            Occurrence restart =
                    Occurrence.between(state.leading().seenAt(), turn.now(), leader.described() + " was restarted");
            incident = notes.add(incident, Kind.PRIMARY_RESTARTED, restart);
        }
        FailoverState.Returned seen = state.with(incident).seen(leader);
        if (!onlyOneLeads(incident, leader) || !writesWorkAgain(incident)) {
            return seen;
        }
        turn.end(incident, outcome(incident), leader.described() + " leads and takes writes");
        return seen.ended();
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
        Availability writes = turn.known().service(Service.WRITE);
        Moment trouble =
                incident.milestone(Kind.PRIMARY_SUSPECT).map(Occurrence::latest).orElse(incident.noticed());
        return writes.open().isEmpty()
                && writes.lastGood().map(good -> good.isAfter(trouble)).orElse(true);
    }

    /** One that was seen beside the leader may be out of sight rather than gone. */
    private boolean onlyOneLeads(Incident incident, Leader leader) {
        return incident.has(Kind.SPLIT_BRAIN) ? sights.alone(leader) : !sights.splitBrain();
    }

    FailoverState from(FailoverState.Promoted state) {
        Incident incident = state.trouble();
        Leader leader = state.leading();
        Sight sight = sights.of(leader);
        boolean gone = sight == Sight.DOWN || sight == Sight.FOLLOWS;
        if (gone && sights.of(incident.oldPrimary()) == Sight.LEADS && !isOldPrimary(incident, leader)) {
            return back(incident, (known, old) -> state.abandoned(known, old));
        }
        Optional<Leader> successor = sights.successor(leader);
        if (successor.isPresent()) {
            return state.overtaken(turn.promoted(incident, successor.get()));
        }
        if (gone) {
            return state.lostAgain(incident);
        }
        Optional<Leader> seen = sights.leading(leader);
        Incident now = seen.map(incident::seen).orElse(incident);
        return routed(now, seen.orElse(leader))
                .map(at -> (FailoverState) state.routed(notes.add(now, Kind.ROUTED, at)))
                .orElseGet(() -> state.with(now));
    }

    private static boolean isOldPrimary(Incident incident, Leader leader) {
        return incident.oldPrimary().member().equals(leader.member());
    }

    /** The first write that this run of the new primary took; without heartbeats, that it is said to take them. */
    private Optional<Occurrence> routed(Incident incident, Leader leader) {
        Moment promoted =
                incident.milestone(Kind.PROMOTED).map(Occurrence::earliest).orElse(turn.before());
        Optional<LedgerEntry> beat = turn.known().ledger().firstAckedBy(leader.identity());
        if (beat.isPresent()) {
            Moment earliest = turn.known()
                    .service(Service.WRITE)
                    .lastBad()
                    .filter(bad -> bad.isAfter(promoted) && beat.get().begun().isAfter(bad))
                    .orElse(promoted);
            return Optional.of(Occurrence.between(
                    earliest, beat.get().at(), "beat " + beat.get().beat() + " acknowledged by " + leader.described()));
        }
        return turn.beatsTell()
                ? Optional.empty()
                : sights.cluster()
                        .writeEndpoint()
                        .filter(WriteEndpointObservation.Answered::writable)
                        .filter(answer -> answer.identity().isSameRunAs(leader.identity()))
                        .map(answer -> Occurrence.between(
                                promoted, answer.at(), "the write endpoint leads to " + leader.described()));
    }

    FailoverState from(FailoverState.Routed state) {
        Incident incident = state.trouble();
        Leader leader = state.leading();
        Sight sight = sights.of(leader);
        if (sight == Sight.DOWN
                || sight == Sight.FOLLOWS
                || sights.successor(leader).isPresent()) {
            turn.end(incident, changed(incident), "the next incident begins before redundancy is back");
            return state.ended();
        }
        Optional<Leader> seen = sights.leading(leader);
        if (seen.isPresent() && !seen.get().isSameRunAs(leader)) {
            notes.again(
                    incident,
                    Kind.PRIMARY_RESTARTED,
                    Occurrence.between(leader.seenAt(), turn.now(), seen.get().described() + " was restarted"));
        }
        Incident now = seen.map(incident::seen).orElse(incident);
        long streaming = streamingFrom(leader);
        if (seen.isEmpty() || streaming < incident.redundancyBefore() || !onlyOneLeads(now, leader)) {
            return state.with(now);
        }
        String evidence = streaming + " standbys stream from " + leader.described() + ", as many as before";
        Incident redundant = notes.add(now, Kind.REDUNDANT, Occurrence.between(turn.before(), turn.now(), evidence));
        turn.end(redundant, changed(redundant), evidence);
        return state.with(redundant).ended();
    }

    private long streamingFrom(Leader leader) {
        return turn.known().standbys().values().stream()
                .filter(StandbySight::streaming)
                .filter(standby -> standby.timeline().equals(leader.timeline()))
                .count();
    }

    private static Outcome changed(Incident incident) {
        return incident.has(Kind.ORDERLY_END) ? Outcome.SWITCHOVER : Outcome.FAILOVER;
    }

    FailoverState from(FailoverState.SplitBrain state) {
        Optional<Leader> successor = sights.successor(state.leading());
        if (successor.isPresent()) {
            return state.overtaken(turn.promoted(state.trouble(), successor.get()));
        }
        return switch (sights.of(state.leading())) {
            case LEADS -> splitBrain(state);
            case FOLLOWS, FAILS, DOWN -> state.suspected(turn.suspecting(state.trouble(), state.leading()));
            case UNSEEN, NO_NEWS -> state;
        };
    }

    private FailoverState splitBrain(FailoverState.SplitBrain state) {
        Leader leader = sights.leading(state.leading()).orElseThrow();
        FailoverState.SplitBrain seen = state.seen(leader);
        if (!sights.alone(leader)) {
            return seen;
        }
        turn.end(state.trouble(), Outcome.SPLIT_BRAIN, leader.described() + " leads alone");
        return seen.ended();
    }
}
