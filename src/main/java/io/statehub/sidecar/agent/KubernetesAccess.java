package io.statehub.sidecar.agent;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statehub.sidecar.config.KubernetesSettings;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.kubernetes.KubernetesLink;
import io.statehub.sidecar.time.TimeSource;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Kubernetes, where it is asked. A client is made only when it is first needed: it reads files and takes threads. */
@Singleton
public class KubernetesAccess {

    private final KubernetesSettings settings;
    private final TimeSource time;
    private final Supplier<KubernetesClient> client;
    private final boolean wanted;
    private @Nullable KubernetesLink link;

    @Inject
    KubernetesAccess(Settings settings, TimeSource time, Instance<KubernetesClient> client, RunMode mode) {
        this(settings, time, client::get, mode);
    }

    KubernetesAccess(Settings settings, TimeSource time, Supplier<KubernetesClient> client, RunMode mode) {
        this.settings = settings.kubernetes();
        this.time = time;
        this.client = client;
        this.wanted = mode.watches() && KubernetesLink.wanted(this.settings);
    }

    /** Empty without Kubernetes. */
    public synchronized Optional<KubernetesLink> link() {
        if (wanted && link == null) {
            link = new KubernetesLink(client.get(), settings, time);
        }
        return Optional.ofNullable(link);
    }
}
