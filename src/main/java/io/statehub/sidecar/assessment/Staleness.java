package io.statehub.sidecar.assessment;

import java.time.Duration;
import java.util.Optional;

/**
 * How old the newest data on a standby is, between two bounds: the primary is looked at once an interval, so what
 * happened between two looks can't be dated more exactly.
 *
 * @param atLeast lower bound, 0 if nothing is known to be missing
 * @param atMost upper bound; empty if the data is older than what is remembered of the primary
 */
public record Staleness(Duration atLeast, Optional<Duration> atMost) {}
