package io.statehub.sidecar.agent;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.arc.Unremovable;
import io.statehub.sidecar.config.KubernetesSettings;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.kubernetes.KubernetesLink;
import io.statehub.sidecar.kubernetes.restore.DrillObjects;
import io.statehub.sidecar.kubernetes.restore.ServedObjects;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The operator's cluster for drills, which may change what a sidecar only reads. A client is made only when it is asked
 * for.
 */
@Singleton
@Unremovable
public class DrilledCluster {

    private final KubernetesSettings settings;
    private final Instance<KubernetesClient> client;

    DrilledCluster(Settings settings, Instance<KubernetesClient> client) {
        this.settings = settings.kubernetes();
        this.client = client;
    }

    /** All that a drill asks of the API server. */
    public DrillObjects objects() {
        return new ServedObjects(client.get());
    }

    /** Where the cluster is: that of the settings, or of the pod or the kubeconfig. */
    public String namespace() {
        return settings.namespace().orElseGet(() -> client.get().getNamespace());
    }

    /**
     * Writes annotations on the cluster of the settings, where sidecars read them.
     *
     * @return what came of it, for people; empty where the settings name no cluster, or Kubernetes isn't to be asked
     */
    public Optional<String> note(Map<String, String> annotations) {
        if (settings.cluster().isEmpty() || !KubernetesLink.wanted(settings)) {
            return Optional.empty();
        }
        String cluster = settings.cluster().get();
        try {
            objects().annotate(namespace(), cluster, annotations);
            return Optional.of("written on the cluster " + cluster);
        } catch (KubernetesClientException e) {
            String written =
                    annotations.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(" "));
            return Optional.of("NOT written on the cluster " + cluster + ": " + e.getMessage()
                    + "; by hand: kubectl annotate cluster.postgresql.cnpg.io " + cluster + " --overwrite " + written);
        }
    }
}
