package io.statehub.sidecar.observation.kubernetes;

import java.util.Optional;

/**
 * A claim on a volume.
 *
 * @param instance the instance that uses it, by its label
 * @param use what is kept there: {@link #DATA}, {@link #LOG}, or the name of a tablespace
 */
public record ClaimState(String name, String namespace, Optional<String> instance, String use) {

    public static final String DATA = "data";

    public static final String LOG = "log";
}
