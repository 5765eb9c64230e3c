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

    /** The name under which these observations are kept; no member may have it. */
    public static final String TARGET = "membership";

    public MembershipObservation {
        members = List.copyOf(members);
    }

    @Override
    public String target() {
        return TARGET;
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
