package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.testing.lab.SidecarProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whoever reaches the port can't keep Kubernetes from its answers, nor the process from living, with 64 MiB of heap.
 */
class HostileClientsIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** As in {@code OpenConnections}. */
    private static final int MOST_CONNECTIONS = 128;

    /** Of a JVM with 64 MiB of heap, 180 are usual; the buffers of a whole flood would be hundreds more. */
    private static final long MOST_RESIDENT_KIB = 300 << 10;

    private static SidecarProcess sidecar;
    private Attackers attackers;

    @BeforeAll
    static void start() {
        sidecar = SidecarProcess.start(Map.of(
                "STATEHUB_API_URL", "http://127.0.0.1:1",
                "STATEHUB_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:1/statehub",
                "STATEHUB_POSTGRES_MEMBERS", "pg-1=127.0.0.1:1"));
        sidecar.awaitLive(DEADLINE);
    }

    @AfterAll
    static void stop() {
        sidecar.close();
    }

    @BeforeEach
    void attack() {
        attackers = new Attackers(sidecar.port());
    }

    @AfterEach
    void survived() throws IOException {
        answers();
        attackers.close();
        assertThat(sidecar.isRunning()).isTrue();
        assertThat(residentKib()).isLessThan(MOST_RESIDENT_KIB);
        assertThat(sidecar.output()).doesNotContain("OutOfMemory");
    }

    /** As the kubelet asks: a new connection each time. */
    private static void answers() {
        for (String path : new String[] {"/q/health/live", "/metrics", "/status"}) {
            await().atMost(DEADLINE)
                    .ignoreException(IOException.class)
                    .untilAsserted(() -> assertThat(sidecar.get(path).status()).isEqualTo(200));
        }
    }

    private static long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(sidecar.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFloodOfHttp2WithoutAWindowIsRefused() throws IOException {
        attackers.floodWithoutWindow(20_000);

        answers();
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(attackers.open()).isZero());
    }

    @Test
    void connectionsThatAskInAdvanceAndDoNotReadCostNothing() throws IOException {
        attackers.pipelineWithoutReading(200, "/", 5_000);
        answers();
        attackers.pipelineWithoutReading(200, "/metrics", 5_000);
        answers();
        attackers.pipelineWithoutReading(100, "/q/health", 5_000);
    }

    @Test
    void thousandsOfIdleConnectionsCostAsMuchAsAFew() throws IOException {
        for (int i = 0; i < 8; i++) {
            attackers.sitIdle(250);
            answers();
        }

        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(attackers.open()).isLessThanOrEqualTo(MOST_CONNECTIONS));
    }

    @Test
    void requestsThatNeverEndAreCutOff() throws IOException {
        attackers.dripHeaders(40);
        attackers.sendHugeHeaders(40, 1 << 20);
        attackers.sendHugeBodies(40, 1 << 20);
        answers();

        await().atMost(DEADLINE).untilAsserted(() -> {
            attackers.drip();
            assertThat(attackers.open()).isZero();
        });
    }
}
