package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.observation.TargetId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Everything that is watched.
 *
 * @param api the API, once for each check
 * @param writeEndpoint the write endpoint
 * @param members the members, in their order
 */
public record Targets(Map<ApiCheck, Target> api, Target writeEndpoint, List<Target> members) {

    public Targets {
        api = Map.copyOf(api);
        members = List.copyOf(members);
    }

    static Targets unobserved(ObservationRound round) {
        Map<ApiCheck, Target> api = new EnumMap<>(ApiCheck.class);
        for (ApiCheck check : ApiCheck.values()) {
            api.put(check, Target.unobserved(check.target(), round.at()));
        }
        return new Targets(
                api,
                Target.unobserved(TargetId.Part.WRITE_ENDPOINT, round.at()),
                round.members().stream()
                        .map(member -> Target.unobserved(new TargetId.Member(member), round.at()))
                        .toList());
    }

    /** The same a step on, with the members that the round has. */
    Targets next(ObservationRound round, UnaryOperator<Target> step) {
        Map<ApiCheck, Target> nextApi = new EnumMap<>(ApiCheck.class);
        api.forEach((check, target) -> nextApi.put(check, step.apply(target)));
        List<Target> nextMembers = round.members().stream()
                .map(TargetId.Member::new)
                .map(id -> step.apply(member(id).orElseGet(() -> Target.unobserved(id, round.at()))))
                .toList();
        return new Targets(nextApi, step.apply(writeEndpoint), nextMembers);
    }

    private Optional<Target> member(TargetId id) {
        for (Target member : members) {
            if (member.id().equals(id)) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    public Target api(ApiCheck check) {
        Target target = api.get(check);
        if (target == null) {
            throw new IllegalStateException("the API is not watched for " + check);
        }
        return target;
    }

    /** Those by which a scope is judged. */
    public List<Target> of(Scope scope) {
        return switch (scope) {
            case API -> List.of(api(ApiCheck.LIVENESS), api(ApiCheck.READINESS));
            case DATABASE -> List.of(writeEndpoint);
            case REPLICATION -> members;
            case OBSERVATION, KUBERNETES -> List.of();
        };
    }

    /** All of them. */
    public List<Target> all() {
        List<Target> all = new ArrayList<>();
        for (ApiCheck check : ApiCheck.values()) {
            all.add(api(check));
        }
        all.add(writeEndpoint);
        all.addAll(members);
        return all;
    }
}
