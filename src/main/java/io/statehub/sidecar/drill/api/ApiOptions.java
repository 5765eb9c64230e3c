package io.statehub.sidecar.drill.api;

import io.statehub.sidecar.drill.RunOptions;
import io.statehub.sidecar.observation.SystemIdentifier;
import java.time.Duration;

/**
 * How an API drill is to be run.
 *
 * @param run as any drill; its deadline is longer than what is allowed
 * @param cluster whose API it is
 * @param allowed how long it may take until all is whole again
 */
public record ApiOptions(RunOptions run, SystemIdentifier cluster, Duration allowed) {}
