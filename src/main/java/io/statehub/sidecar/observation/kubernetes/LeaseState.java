package io.statehub.sidecar.observation.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A lease.
 *
 * @param holder who has it; empty if it was given back
 * @param renewed when, on the holder's clock
 * @param duration for how long it then holds
 */
public record LeaseState(
        String name, Optional<String> holder, Optional<Instant> renewed, Optional<Duration> duration) {}
