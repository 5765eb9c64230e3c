package io.statehub.sidecar.agent;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.statehub.sidecar.kubernetes.BoundedAnswers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;

/** Makes the client of Kubernetes as Quarkus would, and bounds what it takes. */
final class KubernetesClients {

    @Produces
    @ApplicationScoped
    KubernetesClient client(KubernetesSerialization serialization, Config config) {
        return new KubernetesClientBuilder()
                .withKubernetesSerialization(serialization)
                .withConfig(config)
                .withHttpClientBuilderConsumer(BoundedAnswers::of)
                .build();
    }

    void close(@Disposes KubernetesClient client) {
        client.close();
    }
}
