package io.statehub.sidecar.testing;

import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.time.Moment;
import java.util.Arrays;
import java.util.List;

/** An observation that lacks only its time. */
@FunctionalInterface
public interface Sighting {

    Observation at(Moment at);

    /** What is seen in one round, all of it at this moment. */
    static List<Observation> all(Moment at, Sighting... seen) {
        return Arrays.stream(seen).map(sighting -> sighting.at(at)).toList();
    }
}
