package io.statehub.sidecar.observation;

import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/** What one probe saw of one target. */
public sealed interface Observation
        permits ApiObservation,
                HeartbeatObservation,
                JournalObservation,
                KubernetesObservation,
                MemberObservation,
                MembershipObservation,
                ProcessObservation,
                WriteEndpointObservation {

    /** When the answer, or the lack of one, was known. */
    Moment at();

    /** How long the target took to answer, or how long we waited in vain. */
    Duration took();

    /** What was observed. */
    TargetId target();

    /** Why there was no usable answer; empty if there was one. */
    Optional<Failure> failure();

    /**
     * What the server of a session that was held said to end it, heard within this probe, be it answered or not: see
     * {@link Farewell}. Empty if nothing was heard.
     */
    default Optional<Farewell> farewell() {
        return failure().flatMap(Failure::farewell);
    }

    /** The same, with another reason why there was no usable answer; itself if there was one. */
    Observation blaming(Failure other);

    /** The same, of a round for which this process was too late: nothing that rests on time alone is the target's. */
    default Observation excused(Failure own) {
        return failure().filter(fault -> fault.kind().restsOnPunctuality()).isPresent() ? blaming(own) : this;
    }
}
