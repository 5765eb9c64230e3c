package io.statehub.sidecar.testing.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.statehub.sidecar.kubernetes.BoundedAnswers;

/** Makes clients as the sidecar has them, but less patient. */
final class Clients {

    private static final int MILLIS = 2000;

    private Clients() {}

    static KubernetesClient of(String url) {
        return of(url, Runtime.getRuntime().maxMemory());
    }

    /** The same in a process that has so much heap. */
    static KubernetesClient of(String url, long heap) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(url)
                        .withNamespace(FixtureCluster.NAMESPACE)
                        .withRequestRetryBackoffLimit(0)
                        .withRequestTimeout(MILLIS)
                        .withConnectionTimeout(MILLIS)
                        .withWatchReconnectInterval(100)
                        .build())
                .withHttpClientBuilderConsumer(new BoundedAnswers(heap)::bound)
                .build();
    }
}
