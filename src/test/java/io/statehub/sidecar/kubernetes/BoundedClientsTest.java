package io.statehub.sidecar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.statehub.sidecar.kubernetes.BoundedConnections.NoneFreeException;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.testing.CertificateAuthority;
import io.statehub.sidecar.testing.Pem;
import io.statehub.sidecar.testing.faults.Fault;
import io.statehub.sidecar.testing.faults.FaultyKubernetes;
import io.statehub.sidecar.testing.kubernetes.SlowHandshakes;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However slow an API server is, and however often it is asked again, there are so many connections and no more. */
class BoundedClientsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int WATCHED = 1;
    /** Half for requests, half for web sockets. */
    private static final int MOST_OF_EACH = BoundedClients.most(WATCHED) / 2;

    private static final int IMPATIENT_MILLIS = 200;
    private static final int PATIENT_MILLIS = 60_000;

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private BoundedClients clients() {
        return new BoundedClients(vertx, Runtime.getRuntime().maxMemory(), WATCHED);
    }

    private KubernetesClient impatient(SlowHandshakes server, Path trusted) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(server.url())
                        .withCaCertFile(trusted.toString())
                        .withRequestRetryBackoffLimit(0)
                        .withRequestTimeout(IMPATIENT_MILLIS)
                        .withConnectionTimeout(PATIENT_MILLIS)
                        .build())
                .withHttpClientFactory(clients())
                .build();
    }

    private static MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, ?> nodes(
            KubernetesClient client) {
        return client.genericKubernetesResources(CoreObjects.NODES.definition());
    }

    /** The client forgets a connection that is being made and nobody waits for: each would get another one. */
    @Test
    void requestsThatAreGivenUpDuringAHandshakeShareTheirConnections() throws Exception {
        CertificateAuthority authority = CertificateAuthority.named("slow-ca");
        Path trusted = Files.writeString(directory.resolve("ca.pem"), Pem.of(authority.certificate()));
        try (SlowHandshakes server = new SlowHandshakes(authority);
                KubernetesClient impatient = impatient(server, trusted)) {
            for (int i = 0; i < 3 * MOST_OF_EACH; i++) {
                assertThat(refused(nodes(impatient)::list)).isEqualTo(FailureKind.TIMED_OUT);
            }
            assertThat(server.taken()).isEqualTo(MOST_OF_EACH);
            assertThat(server.requests()).isEmpty();

            server.release();
            await().atMost(SOON)
                    .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                    .untilAsserted(
                            () -> assertThat(nodes(impatient).list().getItems()).isEmpty());
            assertThat(server.taken()).isEqualTo(MOST_OF_EACH);
        }
    }

    /** Each stays for as long as the API server doesn't confirm its end. */
    @Test
    void webSocketsThatAreBeingEndedCountToo() {
        URI nothing = URI.create("http://127.0.0.1:1");
        try (FaultyKubernetes server = new FaultyKubernetes(nothing, Optional.empty());
                HttpClient client = clients()
                        .newBuilder()
                        .tag(new RequestConfigBuilder()
                                .withRequestRetryBackoffLimit(0)
                                .build())
                        .build()) {
            endAsManyAsThereMayBe(client, server);

            server.become(Fault.REFUSE);
            await().atMost(SOON).until(() -> server.connections() == 0);
            server.become(Fault.NONE);
            endAsManyAsThereMayBe(client, server);
        }
    }

    /** What is never answered is given up, and its connection with it. */
    @Test
    void webSocketsThatNobodyAnswersGiveTheirPlacesBack() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        NetServer silent = vertx.createNetServer().connectHandler(client -> {
            open.incrementAndGet();
            taken.incrementAndGet();
            client.closeHandler(closed -> open.decrementAndGet());
        });
        int port = silent.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        try (HttpClient client = clients()
                .newBuilder()
                .connectTimeout(IMPATIENT_MILLIS, TimeUnit.MILLISECONDS)
                .tag(new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build())
                .build()) {
            await().atMost(SOON).until(() -> {
                assertThat(webSocket(client, port)).failsWithin(SOON);
                assertThat(open.get()).isLessThanOrEqualTo(MOST_OF_EACH);
                return taken.get() > 2 * MOST_OF_EACH;
            });
            await().atMost(SOON).until(() -> open.get() == 0);
        }
    }

    private static void endAsManyAsThereMayBe(HttpClient client, FaultyKubernetes server) {
        await().atMost(SOON).until(() -> {
            webSocket(client, server.port())
                    .thenAccept(made -> made.sendClose(1000, null))
                    .exceptionally(none -> null)
                    .join();
            return server.connections() == MOST_OF_EACH;
        });
        for (int i = 0; i < MOST_OF_EACH; i++) {
            assertThat(webSocket(client, server.port()))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingRootCause()
                    .isInstanceOf(NoneFreeException.class);
        }
        assertThat(server.connections()).isEqualTo(MOST_OF_EACH);
    }

    private static CompletableFuture<WebSocket> webSocket(HttpClient client, int port) {
        return client.newWebSocketBuilder()
                .uri(URI.create("http://127.0.0.1:" + port + "/api/v1/nodes?watch=true"))
                .buildAsync(new WebSocket.Listener() {});
    }

    private static FailureKind refused(ThrowingCallable question) {
        return ApiServerFaults.classify(catchThrowable(question), "nodes").kind();
    }
}
