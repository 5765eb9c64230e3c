package io.statehub.sidecar.observation;

import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The latest observation of every target, as of one moment. Members that are probed together are observed within one
 * deadline of each other; a target that was not asked since keeps its observation, whose age tells.
 *
 * @param at when the last of them came in
 * @param members the members as they are set or were discovered, in their order; none before they are discovered
 * @param api what the API said last to each check
 * @param writeEndpoint what stood behind the write endpoint last
 * @param heartbeat what became of the last heartbeat; empty without heartbeats
 * @param journal how the journal fares; empty before that was observed
 * @param kubernetes what Kubernetes says; empty where it isn't asked
 * @param process how punctual this process was in the round of a loop that came in last; empty before the first
 * @param memberObservations what each member said last, by name
 */
public record ObservationRound(
        Moment at,
        List<String> members,
        Map<ApiCheck, ApiObservation> api,
        Optional<WriteEndpointObservation> writeEndpoint,
        Optional<HeartbeatObservation> heartbeat,
        Optional<JournalObservation> journal,
        Optional<KubernetesObservation> kubernetes,
        Optional<ProcessObservation> process,
        Map<String, MemberObservation> memberObservations) {

    public ObservationRound {
        members = List.copyOf(members);
        api = Map.copyOf(api);
        memberObservations = Map.copyOf(memberObservations);
    }

    /** Before anything was observed. */
    public static ObservationRound none(Moment at, List<String> members) {
        return new ObservationRound(
                at,
                members,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /** This round with newer observations in it; those of members that it doesn't have (any more) are left out. */
    public ObservationRound with(Moment now, Collection<? extends Observation> newer) {
        Map<ApiCheck, ApiObservation> nextApi = new EnumMap<>(ApiCheck.class);
        nextApi.putAll(api);
        List<String> nextMembers = latest(newer, MembershipObservation.class)
                .map(MembershipObservation::members)
                .orElse(members);
        Map<String, MemberObservation> nextOfMembers = new LinkedHashMap<>(memberObservations);
        for (Observation observation : newer) {
            if (observation instanceof ApiObservation ofApi) {
                nextApi.put(ofApi.check(), ofApi);
            } else if (observation instanceof MemberObservation ofMember) {
                nextOfMembers.put(ofMember.member(), ofMember);
            }
        }
        nextOfMembers.keySet().retainAll(nextMembers);
        return new ObservationRound(
                now,
                nextMembers,
                nextApi,
                latest(newer, WriteEndpointObservation.class).or(() -> writeEndpoint),
                latest(newer, HeartbeatObservation.class).or(() -> heartbeat),
                latest(newer, JournalObservation.class).or(() -> journal),
                latest(newer, KubernetesObservation.class).or(() -> kubernetes),
                latest(newer, ProcessObservation.class).or(() -> process),
                nextOfMembers);
    }

    private static <T extends Observation> Optional<T> latest(Collection<? extends Observation> newer, Class<T> kind) {
        Optional<T> latest = Optional.empty();
        for (Observation observation : newer) {
            if (kind.isInstance(observation)) {
                latest = Optional.of(kind.cast(observation));
            }
        }
        return latest;
    }

    /** The latest observation of a target, whatever it is. */
    public Optional<Observation> of(TargetId target) {
        return target instanceof TargetId.Part part
                ? of(part).map(Observation.class::cast)
                : Optional.ofNullable(memberObservations.get(target.label()));
    }

    private Optional<? extends Observation> of(TargetId.Part part) {
        return switch (part) {
            case API_LIVENESS -> Optional.ofNullable(api.get(ApiCheck.LIVENESS));
            case API_READINESS -> Optional.ofNullable(api.get(ApiCheck.READINESS));
            case WRITE_ENDPOINT -> writeEndpoint;
            case HEARTBEAT -> heartbeat;
            case JOURNAL -> journal;
            case KUBERNETES -> kubernetes;
            case PROCESS -> process;
            // Each is taken in when it comes.
            case MEMBERSHIP -> Optional.empty();
        };
    }

    /** How events fared; none is missing where none is posted. */
    public EventsNotPosted eventsNotPosted() {
        return kubernetes.map(KubernetesObservation::notPosted).orElse(EventsNotPosted.NONE);
    }

    /** Which part this sidecar has; where there is no Kubernetes, it is alone. */
    public Leadership leadership() {
        return kubernetes.map(KubernetesObservation::leadership).orElseGet(Leadership::alone);
    }

    /**
     * How late this process itself was, if too late for what it did not hear to count. So it is also if nothing at all
     * came in for too long: somebody who was stopped learns of it only afterwards.
     *
     * @param silence age at which the last round of any loop is too old
     */
    public Optional<Failure> ownDelay(Duration silence) {
        return process.flatMap(seen -> at.since(seen.at()).compareTo(silence) > 0
                ? Optional.of(new Failure(
                        FailureKind.OWN_DELAY,
                        "this process looked at nothing for "
                                + at.since(seen.at()).toMillis() + " ms"))
                : seen.failure());
    }

    /** Whether every target was tried at least once, whatever was found. */
    public boolean complete() {
        return api.size() == ApiCheck.values().length
                && writeEndpoint.isPresent()
                && memberObservations.size() == members.size();
    }
}
