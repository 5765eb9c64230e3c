package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/**
 * This process was too late for what it asked.
 *
 * @param at when that was noticed last
 * @param said how late it was then
 */
public record OwnDelay(Moment at, Failure said) {

    /** It holds for a while after it was noticed, since a process that is starved has a punctual round now and then. */
    static Optional<OwnDelay> next(Optional<OwnDelay> before, Optional<Failure> noticed, Moment now, Duration holds) {
        return noticed.map(failure -> new OwnDelay(now, failure))
                .or(() -> before.filter(delay -> now.since(delay.at()).compareTo(holds) <= 0));
    }
}
