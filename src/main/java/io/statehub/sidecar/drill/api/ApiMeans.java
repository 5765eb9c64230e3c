package io.statehub.sidecar.drill.api;

import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.drill.trigger.KubernetesDeployment;
import io.statehub.sidecar.drill.trigger.Trigger;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What an API drill works with.
 *
 * @param lost how long this process has been stopped so far; never less than before
 * @param api makes the probe of one page
 * @param deployment whose pods are watched; empty if Kubernetes is not asked
 */
public record ApiMeans(
        Settings settings,
        TimeSource time,
        Supplier<Duration> lost,
        Function<ApiCheck, Probe> api,
        Trigger trigger,
        Optional<KubernetesDeployment> deployment) {}
