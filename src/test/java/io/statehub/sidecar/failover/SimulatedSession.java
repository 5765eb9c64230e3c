package io.statehub.sidecar.failover;

import io.statehub.sidecar.failover.SimulatedFailovers.Run;
import io.statehub.sidecar.observation.Farewell;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.time.Moment;
import java.util.Optional;
import java.util.function.Predicate;

/** A session that is held from probe to probe, and that hears at the next one if its server was shut down in order. */
final class SimulatedSession {

    private record With(Run run, ServerIdentity identity, Moment lastAnswer) {}

    private final Predicate<Run> shutDown;
    private Optional<With> with = Optional.empty();

    SimulatedSession(Predicate<Run> shutDown) {
        this.shutDown = shutDown;
    }

    /** Whether it is with this run of a server. */
    boolean isWith(Run run) {
        return with.filter(it -> it.run().equals(run)).isPresent();
    }

    /** This run answers, in this session or in the next one. */
    Sighting answered(Run run, ServerIdentity identity, Sighting seen) {
        return at -> {
            Sighting heard = isWith(run) ? seen : heard(seen);
            with = Optional.of(new With(run, identity, at));
            return heard.at(at);
        };
    }

    /** Nobody answers, and what was said before is heard. */
    Sighting failed(Sighting seen) {
        return at -> {
            Sighting heard = heard(seen);
            with = Optional.empty();
            return heard.at(at);
        };
    }

    /** Nothing of what is said comes through any more. */
    Sighting cutOff(Sighting seen) {
        return at -> {
            with = Optional.empty();
            return seen.at(at);
        };
    }

    private Sighting heard(Sighting seen) {
        return with.filter(it -> shutDown.test(it.run()))
                .map(it -> new Farewell(it.identity(), it.lastAnswer(), "shut down"))
                .<Sighting>map(said -> at -> Observed.after(said, seen.at(at)))
                .orElse(seen);
    }
}
