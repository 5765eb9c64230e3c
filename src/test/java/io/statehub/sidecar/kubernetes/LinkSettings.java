package io.statehub.sidecar.kubernetes;

import io.statehub.sidecar.config.KubernetesSettings;
import io.statehub.sidecar.config.Presence;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The settings of a sidecar that watches everything. */
public record LinkSettings(
        Optional<String> namespace, Optional<String> cluster, Optional<String> pod, Duration leaseDuration)
        implements KubernetesSettings {

    public static LinkSettings of(String namespace, String cluster, String pod) {
        return new LinkSettings(Optional.of(namespace), Optional.of(cluster), Optional.of(pod), Duration.ofSeconds(6));
    }

    /** The same with another lease. */
    public LinkSettings holdingFor(Duration duration) {
        return new LinkSettings(namespace, cluster, pod, duration);
    }

    @Override
    public Presence enabled() {
        return Presence.TRUE;
    }

    @Override
    public String lease() {
        return "state-hub-sidecar";
    }

    @Override
    public String apiSelector() {
        return "app.kubernetes.io/name=state-hub";
    }

    @Override
    public String longhornNamespace() {
        return "longhorn-system";
    }

    @Override
    public Set<WatchedResource> watch() {
        return EnumSet.allOf(WatchedResource.class);
    }

    @Override
    public Duration staleAfter() {
        return Duration.ofMinutes(1);
    }
}
