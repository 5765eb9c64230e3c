package io.statehub.sidecar.testing;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What is seen of several targets at one moment, of each one thing: for looks that differ from a sound one in little.
 * Each method gives a changed copy.
 */
public final class Look {

    /** Long after the start, for sightings that count from it. */
    private static final Moment ANY = new Moment(ManualClock.NOON.plus(Duration.ofDays(1)), 0);

    public static final Look NOTHING = new Look(Map.of());

    /** The three members, the write endpoint and the API, in sound health. */
    public static final Look SOUND = of(
            Members.PRIMARY,
            Members.STANDBY,
            Members.OTHER,
            Observed.endpointTo(Members.PRIMARY),
            Observed.answered(ApiCheck.LIVENESS),
            Observed.answered(ApiCheck.READINESS));

    private final Map<TargetId, Sighting> seen;

    private Look(Map<TargetId, Sighting> seen) {
        this.seen = seen;
    }

    /** This alone is seen. */
    public static Look of(Sighting... seen) {
        return NOTHING.but(seen);
    }

    /** This is seen of its targets instead, or as well. */
    public Look but(Sighting... otherwise) {
        Map<TargetId, Sighting> changed = new LinkedHashMap<>(seen);
        for (Sighting one : otherwise) {
            changed.put(one.at(ANY).target(), one);
        }
        return new Look(changed);
    }

    /** What the other look sees is seen instead, or as well. */
    public Look but(Look otherwise) {
        return but(otherwise.sightings());
    }

    /** Each server that answers is seen like this. */
    public Look servers(Function<ObservedServer, Sighting> otherwise) {
        return but(seen.values().stream()
                .filter(ObservedServer.class::isInstance)
                .map(server -> otherwise.apply((ObservedServer) server))
                .toArray(Sighting[]::new));
    }

    public Set<TargetId> targets() {
        return Set.copyOf(seen.keySet());
    }

    /** As whoever is told of it takes it. */
    public Sighting[] sightings() {
        return seen.values().toArray(Sighting[]::new);
    }
}
