package io.statehub.sidecar.drill.failover;

import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.drill.FollowedCluster;
import io.statehub.sidecar.drill.trigger.Trigger;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.kubernetes.DrilledFailover;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.snapshot.SnapshotListener;
import io.statehub.sidecar.time.TimeSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a failover drill works with.
 *
 * @param watching begins to follow the cluster
 * @param noted writes down what came of it, where sidecars read it; says what came of that, if anything is to be said
 * @param api makes the probe of one page
 */
public record Means(
        Settings settings,
        TimeSource time,
        Function<SnapshotListener, FollowedCluster> watching,
        Function<ApiCheck, Probe> api,
        Trigger trigger,
        Function<DrilledFailover, Optional<String>> noted) {}
