package io.statehub.sidecar.probe;

import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;

/** Asks one target. Used by one thread at a time. */
public interface Probe extends AutoCloseable {

    /** The {@link Observation#target()} of everything that this probe reports. */
    TargetId target();

    /**
     * Asks the target now and waits for its answer, at most about as long as the deadline.
     *
     * <p>A target's fault comes back as an observation. An exception from here is a fault of ours.
     */
    Observation observe(Deadline deadline);

    /**
     * The observation to report when {@link #observe} hasn't come back in time, or wasn't called at all. Whatever that
     * returns later for the same attempt is dropped.
     *
     * @param at when it was given up
     * @param waited since the attempt began, so that {@code at} minus this is the beginning of its {@link Deadline};
     *     but with {@link FailureKind#SKIPPED} there was no attempt
     */
    Observation unanswered(Moment at, Duration waited, FailureKind kind);

    /** Frees what the probe holds; returns soon even if the target hangs. */
    @Override
    void close();
}
