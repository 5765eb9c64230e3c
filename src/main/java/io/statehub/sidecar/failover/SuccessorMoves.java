package io.statehub.sidecar.failover;

import io.statehub.sidecar.failover.ClusterSight.Appearance;
import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import io.statehub.sidecar.time.Moment;
import java.util.Optional;

/** Moves once another member has taken over. */
final class SuccessorMoves {

    private final StepContext context;
    private final ClusterSight sight;
    private final StepEvents noticed;

    SuccessorMoves(StepContext context) {
        this.context = context;
        this.sight = context.sight();
        this.noticed = context.noticed();
    }

    FailoverState from(FailoverState.Promoted state) {
        Incident incident = state.trouble();
        Leader leader = state.leading();
        Appearance appearance = sight.of(leader);
        boolean gone = appearance == Appearance.DOWN || appearance == Appearance.FOLLOWS;
        Optional<Leader> old = sight.leading(incident.oldPrimary());
        if (gone && old.isPresent() && !isOldPrimary(incident, leader)) {
            return state.toReturned(context.back(incident, old.get()), old.get());
        }
        Optional<Leader> successor = sight.successor(leader);
        if (successor.isPresent()) {
            return state.toPromoted(context.promoted(incident, successor.get()));
        }
        if (gone) {
            return state.toFailingOver(incident);
        }
        Optional<Leader> seen = sight.leading(leader);
        Incident now = noteRouted(seen.map(incident::seen).orElse(incident), seen.orElse(leader));
        return now.has(Kind.ROUTED) ? state.toRouted(now) : state.with(now);
    }

    /** The same incident, knowing that writes reach the new primary if they do. */
    Incident noteRouted(Incident incident, Leader leader) {
        return incident.has(Kind.ROUTED)
                ? incident
                : routed(incident, leader)
                        .map(at -> noticed.add(incident, Kind.ROUTED, at))
                        .orElse(incident);
    }

    private static boolean isOldPrimary(Incident incident, Leader leader) {
        return incident.oldPrimary().member().equals(leader.member());
    }

    /** The first write that this run of the new primary took; without heartbeats, that it is said to take them. */
    private Optional<Occurrence> routed(Incident incident, Leader leader) {
        Moment promoted =
                incident.milestone(Kind.PROMOTED).map(Occurrence::earliest).orElse(context.before());
        Optional<LedgerEntry> beat = context.known().ledger().firstAckedBy(leader.identity());
        if (beat.isPresent()) {
            Moment earliest = context.known()
                    .service(Service.WRITE)
                    .lastBad()
                    .filter(bad -> bad.isAfter(promoted) && beat.get().begun().isAfter(bad))
                    .orElse(promoted);
            return Optional.of(Occurrence.between(
                    earliest,
                    beat.get().at(),
                    "heartbeat " + beat.get().beat() + " acknowledged by " + leader.described()));
        }
        return context.beatsTell()
                ? Optional.empty()
                : sight.cluster()
                        .writeEndpoint()
                        .filter(WriteEndpointObservation.Answered::writable)
                        .filter(answer -> answer.identity().isSameRunAs(leader.identity()))
                        .map(answer -> Occurrence.between(
                                promoted, answer.at(), "the write endpoint leads to " + leader.described()));
    }

    FailoverState from(FailoverState.Routed state) {
        Incident incident = state.trouble();
        Leader leader = state.leading();
        Appearance appearance = sight.of(leader);
        if (appearance == Appearance.DOWN
                || appearance == Appearance.FOLLOWS
                || sight.successor(leader).isPresent()) {
            context.end(incident, changed(incident), "the next incident begins before redundancy is back");
            return state.toStable();
        }
        Optional<Leader> seen = sight.leading(leader);
        if (seen.isPresent() && !seen.get().isSameRunAs(leader)) {
            noticed.again(
                    incident,
                    Kind.PRIMARY_RESTARTED,
                    Occurrence.between(
                            leader.seenAt(), context.now(), seen.get().described() + " was restarted"));
        }
        Incident now = seen.map(incident::seen).orElse(incident);
        long streaming = streamingFrom(leader);
        if (seen.isEmpty() || streaming < incident.redundancyBefore() || !context.leadsAlone(leader)) {
            return state.with(now);
        }
        String evidence = streaming + " standbys stream from " + leader.described() + ", as many as before";
        Incident redundant =
                noticed.add(now, Kind.REDUNDANT, Occurrence.between(context.before(), context.now(), evidence));
        context.end(redundant, changed(redundant), evidence);
        return state.with(redundant).toStable();
    }

    /** Where two members have written timelines of this number, those that are known to be on this one's. */
    private long streamingFrom(Leader leader) {
        boolean ambiguous = leader.timeline()
                .filter(number -> context.known().primaries().isAmbiguous(number, leader))
                .isPresent();
        return context.known().standbys().entrySet().stream()
                .filter(standby -> standby.getValue().streaming())
                .filter(standby -> standby.getValue().timeline().equals(leader.timeline()))
                .filter(standby -> !ambiguous
                        || sight.view(standby.getKey())
                                .filter(sight.cluster().lag()::isOnHistory)
                                .isPresent())
                .count();
    }

    static Outcome changed(Incident incident) {
        if (!incident.changedPrimary()) {
            return Outcome.REPROMOTION;
        }
        return incident.has(Kind.ORDERLY_END) ? Outcome.SWITCHOVER : Outcome.FAILOVER;
    }
}
