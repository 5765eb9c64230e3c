package io.statehub.sidecar.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.testing.ProcessUsage;
import io.statehub.sidecar.testing.faults.FaultyPostgres;
import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.SidecarProcess;
import io.statehub.sidecar.testing.postgres.Lies;
import io.statehub.sidecar.testing.postgres.LyingServer;
import io.statehub.sidecar.testing.postgres.LyingServer.Lie;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever reaches the port, and whoever is asked, can't keep Kubernetes from its answers, nor the process from living:
 * with the options of the image, and with half of its heap.
 */
class HostileClientsIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** As in {@code OpenConnections}. */
    private static final int MOST_CONNECTIONS = 128;

    /** Of a JVM with 64 MiB of heap, 180 are usual; the buffers of a whole flood would be hundreds more. */
    private static final long MOST_RESIDENT_KIB = 300 << 10;

    /**
     * Of two sidecars: a session that is held, one that is being made or hangs, one that asks whether anybody is there.
     */
    private static final int MOST_SESSIONS = 6;

    private static final String DOWN = "write_endpoint_down";

    private static final Map<String, SidecarProcess> SIDECARS = new LinkedHashMap<>();
    private static LyingServer writeEndpoint;
    private static FaultyPostgres member;
    private final List<Attackers> attacking = new ArrayList<>();

    @BeforeAll
    static void start() {
        writeEndpoint = new LyingServer(Lies.TRUTH);
        member = FaultyPostgres.primary(Optional.empty());
        for (String heap : List.of("-Xmx64m", "-Xmx32m")) {
            SIDECARS.put(
                    heap,
                    SidecarProcess.start(
                            Map.of(
                                    "STATEHUB_API_URL",
                                    "http://127.0.0.1:1",
                                    "STATEHUB_POSTGRES_URL",
                                    "jdbc:postgresql://127.0.0.1:" + writeEndpoint.port() + "/statehub",
                                    "STATEHUB_POSTGRES_MEMBERS",
                                    "pg-1=127.0.0.1:" + member.port(),
                                    "STATEHUB_POSTGRES_PASSWORD",
                                    "secret",
                                    "STATEHUB_PROBE_INTERVAL",
                                    "500ms",
                                    "STATEHUB_PROBE_DEADLINE",
                                    "450ms",
                                    "STATEHUB_API_LIVENESS_TIMEOUT",
                                    "450ms",
                                    "STATEHUB_HEARTBEAT_ENABLED",
                                    "false"),
                            FreePorts.next(),
                            List.of(heap)));
        }
        SIDECARS.values().forEach(started -> started.awaitLive(DEADLINE));
    }

    @AfterAll
    static void stop() {
        SIDECARS.values().forEach(SidecarProcess::close);
        writeEndpoint.close();
        member.close();
    }

    private static SidecarProcess sidecar(String heap) {
        return requireNonNull(SIDECARS.get(heap));
    }

    private Attackers attackers(String heap) {
        Attackers attackers = new Attackers(sidecar(heap).port());
        attacking.add(attackers);
        return attackers;
    }

    @AfterEach
    void survived() throws IOException {
        SIDECARS.values().forEach(HostileClientsIT::answers);
        for (Attackers each : attacking) {
            each.close();
        }
        for (SidecarProcess each : SIDECARS.values()) {
            assertThat(each.isRunning()).as(each.output()).isTrue();
            assertThat(ProcessUsage.of(each.pid()).residentKib()).isLessThan(MOST_RESIDENT_KIB);
            assertThat(each.output()).doesNotContain("OutOfMemory");
        }
    }

    /** As the kubelet asks: a new connection each time. */
    private static void answers(SidecarProcess sidecar) {
        for (String path : new String[] {"/q/health/live", "/metrics", "/status"}) {
            await().atMost(DEADLINE)
                    .ignoreException(IOException.class)
                    .untilAsserted(() -> assertThat(sidecar.get(path).status()).isEqualTo(200));
        }
    }

    private static void awaitEverywhere(ThrowingConsumer<String> statusIsRight) {
        for (SidecarProcess each : SIDECARS.values()) {
            await().atMost(DEADLINE.multipliedBy(3))
                    .ignoreException(IOException.class)
                    .untilAsserted(
                            () -> statusIsRight.accept(each.get("/status").body()));
        }
    }

    @Tag("thorough")
    @Test
    void whateverAServerSaysCostsNoMemoryAndNoOtherSession() {
        Map<String, Lie> lies = new LinkedHashMap<>();
        for (String login : List.of(
                "no notice of anything",
                "an error message of 100 MB",
                "a nonce of 20 MB",
                "a byte now and then",
                "notices without end")) {
            lies.put(login, requireNonNull(Lies.atLogin().get(login)));
        }
        lies.put("copied data without end", requireNonNull(Lies.inAnswers().get("copied data without end")));
        lies.forEach((name, lie) -> {
            writeEndpoint.tell(lie);
            writeEndpoint.hangUp();
            awaitEverywhere(status -> assertThat(status).as(name).contains(DOWN));
            SIDECARS.values().forEach(HostileClientsIT::answers);
            await().atMost(DEADLINE)
                    .untilAsserted(() ->
                            assertThat(writeEndpoint.connections()).as(name).isLessThanOrEqualTo(MOST_SESSIONS));
            writeEndpoint.tell(Lies.TRUTH);
            writeEndpoint.hangUp();
            awaitEverywhere(status -> assertThat(status).as("after " + name).doesNotContain(DOWN));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xmx64m", "-Xmx32m"})
    void aFloodOfHttp2WithoutAWindowIsRefused(String heap) throws IOException {
        Attackers attackers = attackers(heap);
        attackers.floodWithoutWindow(20_000);

        answers(sidecar(heap));
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(attackers.open()).isZero());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xmx64m", "-Xmx32m"})
    void connectionsThatAskInAdvanceAndDoNotReadCostNothing(String heap) throws IOException {
        Attackers attackers = attackers(heap);
        attackers.pipelineWithoutReading(200, "/", 5_000);
        answers(sidecar(heap));
        attackers.pipelineWithoutReading(200, "/metrics", 5_000);
        answers(sidecar(heap));
        attackers.pipelineWithoutReading(100, "/q/health", 5_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xmx64m", "-Xmx32m"})
    void thousandsOfIdleConnectionsCostAsMuchAsAFew(String heap) throws IOException {
        Attackers attackers = attackers(heap);
        for (int i = 0; i < 8; i++) {
            attackers.sitIdle(250);
            answers(sidecar(heap));
        }

        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(attackers.open()).isLessThanOrEqualTo(MOST_CONNECTIONS));
    }

    /** Both at once, since each takes as long as it has patience. */
    @Test
    void requestsThatNeverEndAreCutOff() throws IOException {
        for (String heap : SIDECARS.keySet()) {
            Attackers attackers = attackers(heap);
            attackers.dripHeaders(40);
            attackers.sendHugeHeaders(40, 1 << 20);
            attackers.sendHugeBodies(40, 1 << 20);
        }
        SIDECARS.values().forEach(HostileClientsIT::answers);

        await().atMost(DEADLINE).untilAsserted(() -> {
            for (Attackers each : attacking) {
                each.drip();
                assertThat(each.open()).isZero();
            }
        });
    }
}
