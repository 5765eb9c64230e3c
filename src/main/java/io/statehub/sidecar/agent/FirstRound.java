package io.statehub.sidecar.agent;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.TargetId;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Passes rounds of one loop on, without what came too late in the first of them for each target: a process that starts
 * is busy with itself, above all with loading its classes, and blames a sound target otherwise. Members that Kubernetes
 * names are asked some rounds after the others, and for the first time then. Of such a target nothing is known for one
 * round more.
 */
final class FirstRound implements Consumer<List<Observation>> {

    private final Consumer<List<Observation>> sink;
    /** The targets of the round before; rounds come one at a time, on whichever thread. */
    private volatile Set<TargetId> asked = Set.of();

    FirstRound(Consumer<List<Observation>> sink) {
        this.sink = sink;
    }

    @Override
    public void accept(List<Observation> observations) {
        Set<TargetId> before = asked;
        asked = observations.stream().map(Observation::target).collect(toUnmodifiableSet());
        sink.accept(observations.stream()
                .filter(observation -> before.contains(observation.target()) || !late(observation))
                .toList());
    }

    private static boolean late(Observation observation) {
        return observation
                .failure()
                .filter(failure -> failure.kind().restsOnPunctuality())
                .isPresent();
    }
}
