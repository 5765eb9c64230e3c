package io.statehub.sidecar.failover;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.time.Moment;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes observations in: what they say of services, beats and standbys, before anything is made of it. */
final class Intake {

    private Intake() {}

    static Tracking of(
            Tracking before, Collection<? extends Observation> brought, ObservationRound round, Assessment assessment) {
        WriteLedger ledger = before.ledger();
        Tally tally = before.tally();
        Optional<HeartbeatObservation.Acked> unaudited = before.unaudited();
        for (Observation observation : brought) {
            if (observation instanceof HeartbeatObservation beat) {
                ledger = ledger.next(beat);
                tally = tally.beat(beat);
                unaudited = firstOfConnection(beat).or(before::unaudited);
            }
        }
        Tracking.Draft after = new Tracking.Draft(before);
        after.services = services(before.services(), brought, round);
        after.ledger = ledger;
        after.unaudited = unaudited;
        after.standbys = standbys(before, assessment);
        after.looked = looked(brought).orElse(before.looked());
        after.primaries = new PrimaryWatch(before, assessment).after(brought);
        after.tally = tally;
        return after.done();
    }

    private static Map<Service, Availability> services(
            Map<Service, Availability> before, Collection<? extends Observation> brought, ObservationRound round) {
        Map<Service, Availability> services = new EnumMap<>(Service.class);
        services.putAll(before);
        if (Attempts.tooLate(brought)) {
            Attempts.asked(brought).forEach(service -> services.computeIfPresent(service, Intake::missed));
        }
        for (Attempt attempt : Attempts.of(brought, round)) {
            services.computeIfPresent(attempt.service(), (service, availability) -> availability.next(attempt));
        }
        Attempts.missed(brought).forEach(service -> services.computeIfPresent(service, Intake::missed));
        return services;
    }

    private static Availability missed(Service service, Availability availability) {
        return availability.afterMissedAttempt();
    }

    private static Optional<Moment> looked(Collection<? extends Observation> brought) {
        return brought.stream()
                .filter(MemberObservation.class::isInstance)
                .map(Attempts::begun)
                .reduce((one, other) -> one.isAfter(other) ? other : one);
    }

    private static Optional<HeartbeatObservation.Acked> firstOfConnection(HeartbeatObservation beat) {
        return beat instanceof HeartbeatObservation.Acked acked
                        && acked.heldBefore().isPresent()
                ? Optional.of(acked)
                : Optional.empty();
    }

    /**
     * One that is no member any more is forgotten, unless it isn't known who the members are. A member that leads now,
     * or doesn't answer for once, is remembered as it was in recovery.
     */
    private static Map<String, StandbySight> standbys(Tracking before, Assessment assessment) {
        Map<String, StandbySight> now = new HashMap<>(before.standbys());
        List<String> members =
                assessment.cluster().members().stream().map(MemberView::name).toList();
        if (!members.isEmpty()) {
            now.keySet().retainAll(members);
        }
        for (MemberView member : assessment.cluster().members()) {
            Optional<StandbySight> last = Optional.ofNullable(before.standbys().get(member.name()));
            Optional<StandbySight> sight =
                    Aliases.isAlias(member, before) ? Optional.empty() : StandbySight.of(member, last);
            if (sight.isPresent()) {
                now.put(member.name(), sight.get());
            } else if (member.isPrimary() || member.health().status() == Status.DOWN || unseen(member)) {
                now.computeIfPresent(member.name(), (name, seen) -> seen.silent());
            }
        }
        return now;
    }

    private static boolean unseen(MemberView member) {
        return member.health().status() == Status.UNKNOWN;
    }
}
