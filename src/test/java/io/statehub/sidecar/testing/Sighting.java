package io.statehub.sidecar.testing;

import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.time.Moment;

/** An observation that lacks only its time. */
@FunctionalInterface
public interface Sighting {

    Observation at(Moment at);
}
