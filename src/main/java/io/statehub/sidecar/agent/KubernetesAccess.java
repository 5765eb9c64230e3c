package io.statehub.sidecar.agent;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.kubernetes.KubernetesLink;
import io.statehub.sidecar.time.TimeSource;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Kubernetes, where it is asked. A client is made only then: it reads files and takes threads. */
@Singleton
public class KubernetesAccess {

    private final Optional<KubernetesLink> link;

    KubernetesAccess(Settings settings, TimeSource time, Instance<KubernetesClient> client, RunMode mode) {
        boolean wanted = mode.watches() && KubernetesLink.wanted(settings.kubernetes());
        this.link =
                wanted ? Optional.of(new KubernetesLink(client.get(), settings.kubernetes(), time)) : Optional.empty();
    }

    /** Empty without Kubernetes. */
    public Optional<KubernetesLink> link() {
        return link;
    }
}
