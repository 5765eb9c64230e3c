package io.statehub.sidecar.observation.kubernetes;

import java.util.Optional;

/**
 * A claim on a volume.
 *
 * @param instance the instance that uses it, by its label
 * @param size what it asks for, as Kubernetes writes it; may be empty
 */
public record ClaimState(
        String name, String namespace, Optional<String> instance, String phase, String storageClass, String size) {}
