package io.statehub.sidecar.failover;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.ApiObservation;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.observation.ProcessObservation;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import io.statehub.sidecar.time.Moment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What observations say of the services. A fault of ours, or a probe that was skipped, says nothing of them. */
final class Attempts {

    private Attempts() {}

    /** The attempts among what one loop brought. */
    static List<Attempt> of(Collection<? extends Observation> brought, ObservationRound round) {
        List<Attempt> attempts = new ArrayList<>();
        boolean heartbeats = heartbeatsTell(round);
        List<MemberObservation> members = new ArrayList<>();
        for (Observation observation : brought) {
            if (observation instanceof MemberObservation member) {
                members.add(member);
            } else if (observation instanceof HeartbeatObservation || observation instanceof ApiObservation) {
                of(observation).flatMap(it -> attempt(it, observation, true)).ifPresent(attempts::add);
            } else if (observation instanceof WriteEndpointObservation endpoint && !heartbeats) {
                attempt(Service.WRITE, endpoint, takesWrites(endpoint)).ifPresent(attempts::add);
            }
        }
        read(members).ifPresent(attempts::add);
        return attempts;
    }

    /** Whether this process was too late for what the loop asked. */
    static boolean tooLate(Collection<? extends Observation> brought) {
        return brought.stream().anyMatch(seen -> seen instanceof ProcessObservation process && process.late());
    }

    /** The services that one loop asked for, whatever came of it. */
    static Set<Service> asked(Collection<? extends Observation> brought) {
        return brought.stream().flatMap(seen -> of(seen).stream()).collect(toUnmodifiableSet());
    }

    /** The services of which an answer was not heard, by a fault of ours, so that nothing is known of that moment. */
    static Set<Service> missed(Collection<? extends Observation> brought) {
        return brought.stream()
                .filter(seen -> seen.failure()
                        .map(Failure::kind)
                        .filter(kind -> missed(seen, kind))
                        .isPresent())
                .flatMap(seen -> of(seen).stream())
                .collect(toUnmodifiableSet());
    }

    /** Without heartbeats, for whatever reason, the write endpoint tells of writes. */
    private static boolean missed(Observation seen, FailureKind kind) {
        return seen instanceof HeartbeatObservation ? kind == FailureKind.OWN_DELAY : kind.ours();
    }

    private static Optional<Service> of(Observation seen) {
        if (seen instanceof MemberObservation) {
            return Optional.of(Service.READ);
        }
        if (seen instanceof HeartbeatObservation || seen instanceof WriteEndpointObservation) {
            return Optional.of(Service.WRITE);
        }
        return seen instanceof ApiObservation api && api.check() == ApiCheck.READINESS
                ? Optional.of(Service.API)
                : Optional.empty();
    }

    /**
     * Whether writes are judged by heartbeats; without them, by whether the write endpoint says that it takes writes.
     */
    static boolean heartbeatsTell(ObservationRound round) {
        return round.heartbeat()
                .filter(last -> last.failure()
                        .map(Failure::kind)
                        .filter(FailureKind::ours)
                        .isEmpty())
                .isPresent();
    }

    private static boolean takesWrites(WriteEndpointObservation endpoint) {
        return !(endpoint instanceof WriteEndpointObservation.Answered answered) || answered.writable();
    }

    private static Optional<Attempt> attempt(Service service, Observation seen, boolean answerIsGood) {
        Moment begun = begun(seen);
        if (seen.failure().isEmpty()) {
            String evidence = answerIsGood
                    ? seen.target().label() + " answered"
                    : seen.target().label() + " takes no writes";
            return Optional.of(new Attempt(service, begun, seen.at(), answerIsGood, evidence));
        }
        return seen.failure()
                .filter(Attempts::ofTheTarget)
                .map(fault -> new Attempt(service, begun, seen.at(), false, evidence(seen, fault)));
    }

    /** The members are tried together: one that answers is enough, and it takes all of them to fail. */
    private static Optional<Attempt> read(List<MemberObservation> members) {
        Optional<MemberObservation> answered =
                members.stream().filter(member -> member.failure().isEmpty()).findFirst();
        if (answered.isPresent()) {
            return attempt(Service.READ, answered.get(), true);
        }
        List<Attempt> failed = members.stream()
                .flatMap(member -> attempt(Service.READ, member, true).stream())
                .toList();
        return failed.size() == members.size() ? failed.stream().reduce(Attempts::together) : Optional.empty();
    }

    /** Both had failed only when the later one had, and both still failed only while the earlier one was trying. */
    private static Attempt together(Attempt one, Attempt other) {
        return new Attempt(
                Service.READ,
                one.begun().isAfter(other.begun()) ? other.begun() : one.begun(),
                one.at().isAfter(other.at()) ? one.at() : other.at(),
                false,
                one.evidence() + "; " + other.evidence());
    }

    private static boolean ofTheTarget(Failure fault) {
        return !fault.kind().ours() && fault.kind() != FailureKind.SKIPPED;
    }

    static Moment begun(Observation seen) {
        return seen.at().minus(seen.took());
    }

    static String evidence(Observation seen, Failure fault) {
        return seen.target().label() + ": " + fault.described();
    }
}
