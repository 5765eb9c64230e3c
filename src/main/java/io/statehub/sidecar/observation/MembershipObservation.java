package io.statehub.sidecar.observation;

import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which members the cluster has, where that is discovered and not set.
 *
 * @param took always zero
 * @param members their names, in a stable order; each once
 */
public record MembershipObservation(Moment at, Duration took, List<String> members) implements Observation {

    public MembershipObservation {
        members = List.copyOf(members);
    }

    @Override
    public TargetId target() {
        return TargetId.Part.MEMBERSHIP;
    }

    /** Always empty: where nothing is known, nothing is observed. */
    @Override
    public Optional<Failure> failure() {
        return Optional.empty();
    }

    @Override
    public MembershipObservation blaming(Failure other) {
        return this;
    }
}
