package io.statehub.sidecar.testing.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.statehub.sidecar.kubernetes.BoundedClients;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import io.vertx.core.Vertx;

/** Makes clients as the sidecar has them, but less patient. */
final class Clients {

    private static final int MILLIS = 2000;
    private static final Vertx VERTX = Vertx.vertx();

    private Clients() {}

    static KubernetesClient of(String url) {
        return of(url, Runtime.getRuntime().maxMemory());
    }

    /** The same in a process that has so much heap. */
    static KubernetesClient of(String url, long heap) {
        return of(url, heap, new NativeModels());
    }

    /** The same, which tells what it reads and writes. */
    static KubernetesClient of(String url, long heap, NativeModels models) {
        return new KubernetesClientBuilder()
                .withKubernetesSerialization(models.serialization())
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(url)
                        .withNamespace(FixtureCluster.NAMESPACE)
                        .withRequestRetryBackoffLimit(0)
                        .withRequestTimeout(MILLIS)
                        .withConnectionTimeout(MILLIS)
                        .withWatchReconnectInterval(100)
                        .build())
                .withHttpClientFactory(new BoundedClients(VERTX, heap, WatchedResource.values().length))
                .build();
    }
}
