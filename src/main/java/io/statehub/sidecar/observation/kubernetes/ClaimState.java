package io.statehub.sidecar.observation.kubernetes;

import java.util.Optional;

/**
 * A claim on a volume.
 *
 * @param instance the instance that uses it, by its label
 */
public record ClaimState(String name, String namespace, Optional<String> instance) {}
