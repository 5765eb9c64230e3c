package io.statehub.sidecar.observation;

import io.statehub.sidecar.observation.kubernetes.KubernetesState;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/**
 * What the watches of Kubernetes hold at one moment.
 *
 * @param took always zero: the watches had heard of it before
 * @param leadership which part this sidecar has among its like
 * @param notPosted how our own events fared
 * @param state each kind of object with what is known of it, or why nothing is
 */
public record KubernetesObservation(
        Moment at, Duration took, Leadership leadership, KubernetesState state, EventsNotPosted notPosted)
        implements Observation {

    @Override
    public TargetId target() {
        return TargetId.Part.KUBERNETES;
    }

    /** Always empty: each watch has a fault of its own, or none. */
    @Override
    public Optional<Failure> failure() {
        return Optional.empty();
    }

    @Override
    public KubernetesObservation blaming(Failure other) {
        return this;
    }
}
