package io.statehub.sidecar.testing.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** An API server that keeps what it is given and tells its watchers of changes. */
public final class KeepingApiServer implements AutoCloseable {

    private final KubernetesMockServer server;
    private final KubernetesClient admin;
    private final Map<RecordedRequest, String> bodies = Collections.synchronizedMap(new IdentityHashMap<>());

    /** Begins with nothing in it. */
    public KeepingApiServer() {
        KubernetesCrudDispatcher dispatcher = new KubernetesCrudDispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                // Whoever answers it reads its body to the end.
                bodies.put(request, new String(request.getBody().getBytes(), UTF_8));
                return super.dispatch(request);
            }
        };
        server = new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), dispatcher, false);
        server.init();
        definitions().forEach(server::expectCustomResource);
        admin = server.createClient();
    }

    private static List<CustomResourceDefinitionContext> definitions() {
        return List.of(
                custom("postgresql.cnpg.io", "v1", "Cluster", "clusters"),
                custom("postgresql.cnpg.io", "v1", "FailoverQuorum", "failoverquorums"),
                custom("postgresql.cnpg.io", "v1", "Backup", "backups"),
                custom("postgresql.cnpg.io", "v1", "ScheduledBackup", "scheduledbackups"),
                custom("barmancloud.cnpg.io", "v1", "ObjectStore", "objectstores"),
                custom("longhorn.io", "v1beta2", "Volume", "volumes"),
                custom("longhorn.io", "v1beta2", "Engine", "engines"),
                custom("longhorn.io", "v1beta2", "Replica", "replicas"));
    }

    private static CustomResourceDefinitionContext custom(String group, String version, String kind, String plural) {
        return new CustomResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withScope("Namespaced")
                .build();
    }

    /** Gives it all objects of a cluster. */
    public KeepingApiServer with(FixtureCluster cluster) {
        cluster.objects().forEach(object -> admin.resource(object).create());
        return this;
    }

    /** A client as the sidecar makes it. */
    public KubernetesClient client() {
        return Clients.of(url());
    }

    /** The same, which tells what it reads and writes. */
    public KubernetesClient client(NativeModels models) {
        return Clients.of(url(), Runtime.getRuntime().maxMemory(), models);
    }

    /** The same, at another port of this machine, behind which this server is. */
    public KubernetesClient clientThrough(int port) {
        return clientThrough(port, Runtime.getRuntime().maxMemory());
    }

    /** The same in a process that has so many bytes of heap. */
    public KubernetesClient clientThrough(int port, long heap) {
        return Clients.of("http://localhost:" + port, heap);
    }

    public int port() {
        return server.getPort();
    }

    /** For making and changing objects from a test. */
    public KubernetesClient admin() {
        return admin;
    }

    /** Puts an object in place of the one that has its name. */
    public void replace(GenericKubernetesResource object) {
        admin.resource(object).update();
    }

    /**
     * The requests since this was asked last, as {@code GET /api/v1/nodes?watch=true}; in the order in which they came.
     */
    public List<String> newRequests() {
        return requests(RecordedRequest::getPath);
    }

    /** The same, with what each sent after a space, if it sent anything. */
    public List<String> newRequestsWithBodies() {
        return requests(request -> (request.getPath() + " " + bodies.getOrDefault(request, "")).strip());
    }

    private List<String> requests(Function<RecordedRequest, String> described) {
        List<String> requests = new ArrayList<>();
        try {
            for (RecordedRequest next = server.takeRequest(0, TimeUnit.MILLISECONDS);
                    next != null;
                    next = server.takeRequest(0, TimeUnit.MILLISECONDS)) {
                requests.add(next.getMethod() + " " + described.apply(next));
                bodies.remove(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return requests;
    }

    public String url() {
        return server.url("/");
    }

    @Override
    public void close() {
        admin.close();
        server.destroy();
    }
}
