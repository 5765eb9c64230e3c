package io.statehub.sidecar.observation;

import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/**
 * How punctual this process itself was in one round of a loop. What it was too late for is no evidence of anything: a
 * deadline that passes while nobody runs to read the answer says nothing of who was asked.
 *
 * @param at when the round was over
 * @param took the time that is looked at: from the end of this loop's previous round to {@code at}
 * @param lost the part of it in which this process should have run and did not, from 0: stopped, starved of processor
 *     time, or paused by its own runtime
 * @param tolerated how much of that is nothing to speak of
 */
public record ProcessObservation(Moment at, Duration took, Duration lost, Duration tolerated) implements Observation {

    @Override
    public TargetId target() {
        return TargetId.Part.PROCESS;
    }

    /** Whether the round may be evidence for nothing but what was answered in it. */
    public boolean late() {
        return lost.compareTo(tolerated) > 0;
    }

    @Override
    public Optional<Failure> failure() {
        return late() ? Optional.of(delay()) : Optional.empty();
    }

    @Override
    public ProcessObservation blaming(Failure other) {
        return this;
    }

    /** What is said of a target that this process was too late to hear. */
    public Failure delay() {
        return new Failure(
                FailureKind.OWN_DELAY,
                "this process did not run for " + lost.toMillis() + " of the last " + took.toMillis() + " ms");
    }
}
