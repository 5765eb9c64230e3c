package io.statehub.sidecar.snapshot;

import java.time.Duration;
import java.util.Optional;

/**
 * Whose view it is that readers are shown.
 *
 * @param pod name of the pod, or of the host where there is none
 * @param cluster name of the operator's cluster
 * @param interval time between two rounds
 * @param runbooks address of the directory with the runbooks, which ends with a slash
 */
public record Viewpoint(String pod, Optional<String> cluster, Duration interval, String runbooks) {}
