package io.statehub.sidecar.observation.kubernetes;

import java.util.Optional;

/**
 * A replica of a Longhorn volume.
 *
 * @param node the node whose disk it is on
 * @param failed whether it has failed, or is out of use: it stays beside the one that was made in its place
 */
public record ReplicaState(String name, String volume, Optional<String> node, boolean failed) {}
