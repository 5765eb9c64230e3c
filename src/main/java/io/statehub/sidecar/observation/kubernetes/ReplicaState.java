package io.statehub.sidecar.observation.kubernetes;

import java.util.Optional;

/** A replica of a Longhorn volume, and the node whose disk it is on. */
public record ReplicaState(String name, String volume, Optional<String> node) {}
