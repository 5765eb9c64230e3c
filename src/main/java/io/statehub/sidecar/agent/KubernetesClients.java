package io.statehub.sidecar.agent;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.kubernetes.BoundedClients;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;

/** Makes the client of Kubernetes as Quarkus would, and bounds what it takes. */
final class KubernetesClients {

    @Produces
    @ApplicationScoped
    KubernetesClient client(KubernetesSerialization serialization, Config config, Vertx vertx, Settings settings) {
        int watched = settings.kubernetes().watch().size();
        return new KubernetesClientBuilder()
                .withKubernetesSerialization(serialization)
                .withConfig(config)
                .withHttpClientFactory(
                        new BoundedClients(vertx, Runtime.getRuntime().maxMemory(), watched))
                .build();
    }

    void close(@Disposes KubernetesClient client) {
        client.close();
    }
}
