package io.statehub.sidecar.agent;

import io.statehub.sidecar.observation.Observation;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Passes rounds of one loop on, without what came too late in the first of them: a process that starts is busy with
 * itself, above all with loading its classes, and blames a sound target otherwise. Of such a target nothing is known
 * for one round more.
 */
final class FirstRound implements Consumer<List<Observation>> {

    private final Consumer<List<Observation>> sink;
    private final AtomicBoolean over = new AtomicBoolean();

    FirstRound(Consumer<List<Observation>> sink) {
        this.sink = sink;
    }

    @Override
    public void accept(List<Observation> observations) {
        boolean first = over.compareAndSet(false, true);
        sink.accept(
                first
                        ? observations.stream()
                                .filter(observation -> !late(observation))
                                .toList()
                        : observations);
    }

    private static boolean late(Observation observation) {
        return observation
                .failure()
                .filter(failure -> failure.kind().restsOnPunctuality())
                .isPresent();
    }
}
