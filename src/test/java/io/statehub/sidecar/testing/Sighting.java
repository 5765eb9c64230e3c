package io.statehub.sidecar.testing;

import io.statehub.sidecar.observation.Moment;
import io.statehub.sidecar.observation.Observation;

/** An observation that lacks only its time. */
@FunctionalInterface
public interface Sighting {

    Observation at(Moment at);
}
