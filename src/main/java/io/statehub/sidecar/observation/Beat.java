package io.statehub.sidecar.observation;

import static java.util.Objects.requireNonNull;

/**
 * One heartbeat, which can be told from every other one of its writer.
 *
 * @param run which run of the writer's process wrote it, a random word: sequences of two runs never compare, so a
 *     restart can't make a lost beat look like one that survived
 * @param sequence counts the beats of the run, from 1
 */
public record Beat(String run, long sequence) {

    public Beat {
        requireNonNull(run, "run");
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence " + sequence + " is below 1");
        }
    }

    @Override
    public String toString() {
        return run + "/" + sequence;
    }
}
