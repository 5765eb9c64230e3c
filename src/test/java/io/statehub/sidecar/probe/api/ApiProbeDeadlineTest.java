package io.statehub.sidecar.probe.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.ApiObservation;
import io.statehub.sidecar.observation.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the probe does when answers don't come, or not in time: it gives up, says at what, and leaves nothing behind.
 */
@Timeout(240)
class ApiProbeDeadlineTest {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration ENOUGH_WHEN_WARM = Duration.ofSeconds(1);

    @Test
    void aConnectionThatIsNeverMadeTimesOut() throws IOException {
        // Linux drops the first packets of connections for which a listener has no room.
        List<Socket> crowd = new ArrayList<>();
        try (ServerSocket crowded = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ProbeBench bench =
                        new ProbeBench(ApiSettingsFake.of(URI.create("http://localhost:" + crowded.getLocalPort()))
                                .withConnectTimeout(SHORT))) {
            fill(crowded, crowd);

            bench.assertFails(FailureKind.TIMED_OUT)
                    .matches("no TCP connection to localhost:\\d+ after \\d{3,} ms, allowed 200");
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    private static void fill(ServerSocket crowded, List<Socket> crowd) throws IOException {
        while (true) {
            Socket socket = new Socket();
            crowd.add(socket);
            try {
                socket.connect(new InetSocketAddress(crowded.getInetAddress(), crowded.getLocalPort()), 100);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
    }

    @Test
    void aServerThatSaysNothingTimesOut() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.Connection::awaitClientGone);
                ProbeBench bench =
                        new ProbeBench(ApiSettingsFake.of(server.url()).withLivenessTimeout(SHORT))) {
            ApiObservation observation = bench.observe();

            ProbeBench.assertFailed(observation, FailureKind.TIMED_OUT)
                    .startsWith("/state/health gave no whole answer")
                    .endsWith(" ms, allowed 200");
            assertThat(observation.took()).isGreaterThanOrEqualTo(SHORT);
            Eventually.assertThat(server::open).isZero();
        }
    }

    @Test
    void theCallersDeadlineCountsIfItIsShorter() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(onceWarm(ScriptedServer.Connection::awaitClientGone));
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertAnswers(200);
            ApiObservation observation = bench.observe(ENOUGH_WHEN_WARM);

            ProbeBench.assertFailed(observation, FailureKind.TIMED_OUT)
                    .matches("/state/health gave no whole answer, given up waiting for the answer to begin"
                            + " after \\d{4,} ms, allowed 1000");
            Eventually.assertThat(server::open).isZero();
        }
    }

    @Test
    void aBodyThatDripsHitsTheDeadline() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(onceWarm(connection -> drip(connection, "200 OK")));
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertAnswers(200);

            ProbeBench.assertFailed(bench.observe(ENOUGH_WHEN_WARM), FailureKind.TIMED_OUT)
                    .matches("/state/health gave no whole answer, given up reading the body,"
                            + " \\d+ of 1000000 bytes after status 200 after \\d{4,} ms, allowed 1000");
            Eventually.assertThat(server::open).isZero();
        }
    }

    @Test
    void aBadStatusCountsEvenIfItsBodyNeverEnds() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(onceWarm(connection -> drip(connection, "503 Unavailable")));
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertAnswers(200);

            ProbeBench.assertFailed(bench.observe(ENOUGH_WHEN_WARM), FailureKind.BAD_STATUS)
                    .startsWith("/state/health answered 503, allowed 200");
        }
    }

    /** Answers one request in full, so that what the first one of a young JVM costs is not part of the test. */
    private static ScriptedServer.Script onceWarm(ScriptedServer.Script next) {
        return connection -> {
            connection.readRequest();
            connection.write(Answers.OK);
            connection.readRequest();
            next.serve(connection);
        };
    }

    private static void drip(ScriptedServer.Connection connection, String status) throws IOException {
        connection.write("HTTP/1.1 " + status + "\r\nContent-Length: 1000000\r\n\r\n");
        while (true) {
            connection.write("x");
            connection.pause(Duration.ofMillis(50));
        }
    }

    @Test
    void nothingIsLeftOfTwoHundredTimeouts() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.Connection::awaitClientGone);
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            for (int i = 0; i < 200; i++) {
                ProbeBench.assertFailed(bench.observe(Duration.ofMillis(10)), FailureKind.TIMED_OUT);
            }
            Eventually.assertThat(server::open).isAtMost(1);
            // Or else it was never put to the test.
            assertThat(server.accepted()).isGreaterThan(1);
        }
    }

    @Test
    void aServerThatRecoversIsSeenAtOnce() throws IOException {
        CountDownLatch recovered = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.plain(connection -> {
                    while (connection.readRequest() != null) {
                        if (recovered.getCount() > 0) {
                            connection.awaitClientGone();
                        }
                        connection.write(Answers.OK);
                    }
                });
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            ProbeBench.assertFailed(bench.observe(SHORT), FailureKind.TIMED_OUT);
            recovered.countDown();
            bench.assertAnswers(200);
        }
    }

    @Test
    void anInterruptEndsTheWait() throws IOException {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<ApiObservation> observed = new CompletableFuture<>();
        CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.plain(connection -> {
                    connection.readRequest();
                    asked.countDown();
                    connection.awaitClientGone();
                });
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            Thread worker = new Thread(() -> {
                observed.complete(bench.observe());
                stillInterrupted.complete(Thread.currentThread().isInterrupted());
            });
            worker.start();
            ScriptedServer.awaitUninterrupted(asked);
            worker.interrupt();

            ProbeBench.assertFailed(observed.join(), FailureKind.TIMED_OUT);
            assertThat(stillInterrupted.join()).isTrue();
            Eventually.assertThat(server::open).isZero();
        }
    }

    @Test
    void closingTheProbeEndsTheWaitInProgress() throws IOException {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<ApiObservation> observed = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.plain(onceWarm(connection -> {
            asked.countDown();
            connection.awaitClientGone();
        }))) {
            try (ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
                bench.assertAnswers(200);
                new Thread(() -> observed.complete(bench.observe())).start();
                ScriptedServer.awaitUninterrupted(asked);
            }
            // Had nothing ended the wait but its deadline, the failure would be that it timed out.
            ProbeBench.assertFailed(observed.join(), FailureKind.PROTOCOL).contains("'Client is closed'");
        }
    }

    @Test
    void aProbeWithoutTimeLeftAsksNobody() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.always(Answers.OK));
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            ProbeBench.assertFailed(bench.observe(Duration.ZERO), FailureKind.TIMED_OUT);
            assertThat(server.accepted()).isZero();
        }
    }
}
