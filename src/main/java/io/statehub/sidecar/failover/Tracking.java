package io.statehub.sidecar.failover;

import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.time.Moment;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the tracker knows, and all that its next step needs.
 *
 * @param state where the cluster stands
 * @param services each service over time
 * @param ledger what became of each beat
 * @param unaudited the first beat of a connection, with what its server held before, until that server is known to lead
 * @param standbys the members that were seen in recovery, by name
 * @param redundancy how many of them stream
 * @param looked when the last look at the members began
 * @param primaries the members that were seen out of recovery, and what became of them; a successor must
 *     keep them, or a split brain is forgotten
 * @param history incidents that ended, newest first, at most {@link #MOST_INCIDENTS}
 * @param tally what was counted
 */
public record Tracking(
        FailoverState state,
        Map<Service, Availability> services,
        WriteLedger ledger,
        Optional<HeartbeatObservation.Acked> unaudited,
        Map<String, StandbySight> standbys,
        Redundancy redundancy,
        Moment looked,
        PrimarySights primaries,
        List<Incident> history,
        Tally tally) {

    /** Years of a sound cluster; what is older stands in the journal, as far as that reaches. */
    public static final int MOST_INCIDENTS = 100;

    public Tracking {
        services = Map.copyOf(services);
        standbys = Map.copyOf(standbys);
        history = List.copyOf(history);
    }

    /** Before anything was seen. */
    public static Tracking begin(Moment now, WriteLedger ledger) {
        Map<Service, Availability> untried = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            untried.put(service, Availability.UNTRIED);
        }
        return new Tracking(
                new FailoverState.Unknown(Optional.empty()),
                untried,
                ledger,
                Optional.empty(),
                new HashMap<>(),
                Redundancy.none(now),
                now,
                PrimarySights.NONE,
                List.of(),
                Tally.NOTHING);
    }

    public Availability service(Service service) {
        return services.getOrDefault(service, Availability.UNTRIED);
    }

    /**
     * The newest incident in which the primary became another one. Once writes reach the new primary that is so, though
     * the incident lasts until redundancy is back, which may take days.
     */
    public Optional<Incident> lastChangeOfPrimary() {
        Optional<Incident> routed = state.incident()
                .filter(incident -> incident.has(FailoverEvent.Kind.ROUTED) && incident.changedPrimary());
        return routed.isPresent()
                ? routed
                : history.stream()
                        .filter(incident -> incident.ending()
                                .filter(ending -> ending.outcome().changedPrimary())
                                .isPresent())
                        .findFirst();
    }

    /**
     * The outages of one service during an incident, the ongoing one included.
     *
     * @return empty if the service was never tried: that none was seen is then no news
     */
    public Optional<OutageSum> outages(Incident incident, Service service, Moment now) {
        Availability availability = service(service);
        OutageSum sum = incident.outagesOf(service, availability.open(), now);
        boolean tried =
                availability.lastGood().isPresent() || availability.lastBad().isPresent();
        return sum.outages() > 0 || tried ? Optional.of(sum) : Optional.empty();
    }

    /** The incident of this id, ended or not. */
    public Optional<Incident> incident(String id) {
        return state.incident()
                .filter(incident -> incident.id().equals(id))
                .or(() -> history.stream()
                        .filter(incident -> incident.id().equals(id))
                        .findFirst());
    }

    /** The same with this history, of which the newest are kept. */
    public Tracking remembering(List<Incident> newestFirst) {
        Draft draft = new Draft(this);
        draft.history = newestFirst.subList(0, Math.min(newestFirst.size(), MOST_INCIDENTS));
        return draft.done();
    }

    /** The same with no ongoing incident. */
    public Tracking quiet() {
        Draft draft = new Draft(this);
        draft.state = new FailoverState.Unknown(state.leader());
        return draft.done();
    }

    /** The member that this run of a server was seen at; empty if it was not met yet. */
    Optional<String> memberOf(ServerIdentity run) {
        Optional<String> primary = primaries.memberOf(run);
        if (primary.isPresent()) {
            return primary;
        }
        // Asked of each member in each round: without a stream, which would allocate for each of the others.
        for (Map.Entry<String, StandbySight> standby : standbys.entrySet()) {
            if (standby.getValue().identity().isSameRunAs(run)) {
                return Optional.of(standby.getKey());
            }
        }
        return Optional.empty();
    }

    /** A copy to be changed, of which each part goes by its name. */
    static final class Draft {
        FailoverState state;
        Map<Service, Availability> services;
        WriteLedger ledger;
        Optional<HeartbeatObservation.Acked> unaudited;
        Map<String, StandbySight> standbys;
        Redundancy redundancy;
        Moment looked;
        PrimarySights primaries;
        List<Incident> history;
        Tally tally;

        Draft(Tracking of) {
            state = of.state;
            services = of.services;
            ledger = of.ledger;
            unaudited = of.unaudited;
            standbys = of.standbys;
            redundancy = of.redundancy;
            looked = of.looked;
            primaries = of.primaries;
            history = of.history;
            tally = of.tally;
        }

        Tracking done() {
            return new Tracking(
                    state, services, ledger, unaudited, standbys, redundancy, looked, primaries, history, tally);
        }
    }
}
