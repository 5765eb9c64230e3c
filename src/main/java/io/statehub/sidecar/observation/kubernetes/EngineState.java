package io.statehub.sidecar.observation.kubernetes;

import java.util.Map;

/**
 * The engine of a Longhorn volume.
 *
 * @param replicaModes by replica's name: {@code RW}, {@code WO} while it is rebuilt, or {@code ERR}
 */
public record EngineState(String name, String volume, Map<String, String> replicaModes) {

    /** Of a replica that is whole and written to. */
    public static final String WHOLE = "RW";

    public EngineState {
        replicaModes = Map.copyOf(replicaModes);
    }
}
