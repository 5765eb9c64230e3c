package io.statehub.sidecar.observation.kubernetes;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A Longhorn volume.
 *
 * @param claim the claim that it serves, as {@code namespace/name}
 * @param state such as {@code attached}; may be empty
 * @param robustness {@code healthy}, {@code degraded}, {@code faulted} or {@code unknown}, which it is while detached
 * @param replicas how many it should have
 */
public record VolumeState(String name, Optional<String> claim, String state, String robustness, OptionalInt replicas) {}
