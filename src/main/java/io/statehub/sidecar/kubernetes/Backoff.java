package io.statehub.sidecar.kubernetes;

import io.statehub.sidecar.observation.FailureKind;
import java.time.Duration;
import java.util.Optional;

/**
 * How long not to ask again for what can't be had. What may pass by itself is asked for again by the client, after 1 s
 * and then twice as long each time, to 32 s.
 *
 * @param denied after a request that our rights don't allow, or a list that we have no room for
 * @param absent after one for a kind of object that the API server doesn't know
 * @param doubt how long a watch may be out of step before everything is listed again: the client renews a watch by
 *     itself, and tells nobody what it is refused with
 */
record Backoff(Duration denied, Duration absent, Duration doubt) {

    /** Rights are given and kinds installed by hand: a request a minute, or every five, costs nobody anything. */
    static final Backoff USUAL = new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofSeconds(10));

    /** How long to leave it alone; empty for what may pass by itself. */
    Optional<Duration> after(FailureKind kind) {
        if (kind == FailureKind.PERMISSION_DENIED || kind == FailureKind.AUTHENTICATION) {
            return Optional.of(denied);
        }
        return kind == FailureKind.NO_SUCH_RESOURCE ? Optional.of(absent) : Optional.empty();
    }
}
