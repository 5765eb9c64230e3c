package io.statehub.sidecar.probe.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.testing.Machine;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the probe does with connections: makes, keeps, loses and drops them. */
@Timeout(240)
class ApiProbeConnectionTest {

    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    @Test
    void oneConnectionServesAllRequests() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.always(Answers.OK));
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            for (int i = 0; i < 20; i++) {
                bench.assertAnswers(200);
            }
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void closingTheProbeClosesItsConnection() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.always(Answers.OK))) {
            try (ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
                bench.assertAnswers(200);
                assertThat(server.open()).isEqualTo(1);
            }
            Eventually.assertThat(server::open).isZero();
        }
    }

    @Test
    void aConnectionClosedWhileIdleIsReplaced() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(connection -> {
                    connection.readRequest();
                    connection.write(Answers.OK);
                });
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            for (int i = 1; i <= 20; i++) {
                bench.assertAnswers(200);
                assertThat(server.accepted()).isEqualTo(i);
            }
        }
    }

    @Test
    void aRequestThatCrossesWithTheServersFarewellIsSentOnceMore() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(connection -> {
                    connection.readRequest();
                    connection.write(Answers.OK);
                    connection.readRequest();
                });
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertAnswers(200);
            bench.assertAnswers(200);

            assertThat(server.accepted()).isEqualTo(2);
            assertThat(server.requests()).isEqualTo(3);
        }
    }

    @Test
    void soIsARequestThatCrossesWithAReset() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(connection -> {
                    connection.readRequest();
                    connection.write(Answers.OK);
                    connection.readRequest();
                    connection.reset();
                });
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertAnswers(200);
            bench.assertAnswers(200);

            assertThat(server.requests()).isEqualTo(3);
        }
    }

    @Test
    void aConnectionMadeForTheRequestIsNotTriedAgain() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.Connection::readRequest);
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertFails(FailureKind.RESET)
                    .isEqualTo("localhost:" + server.url().getPort() + ", waiting for the answer to begin");
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void theSecondAttemptIsTheLast() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(connection -> {
                    connection.readRequest();
                    if (connection.number() == 1) {
                        connection.write(Answers.OK);
                        connection.readRequest();
                    }
                });
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertAnswers(200);
            bench.assertFails(FailureKind.RESET);

            assertThat(server.requests()).isEqualTo(3);
        }
    }

    @Test
    void aServerThatDiesInTheMiddleOfTheStatusLineIsNotAskedAgain() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(connection -> {
                    connection.readRequest();
                    connection.write(Answers.OK);
                    connection.readRequest();
                    connection.write("HTTP/1.1 2");
                });
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertAnswers(200);
            bench.assertFails(FailureKind.RESET);

            assertThat(server.requests()).isEqualTo(2);
        }
    }

    @Test
    void aServerThatDiesInTheMiddleOfTheHeadersIsAReset() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(connection -> {
                    connection.readRequest();
                    connection.write("HTTP/1.1 200 OK\r\nContent-Le");
                });
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertFails(FailureKind.RESET);
        }
    }

    @Test
    void aConnectionLostInTheMiddleOfTheBodyIsAReset() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(connection -> {
                    connection.readRequest();
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
                });
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(server.url()))) {
            bench.assertFails(FailureKind.RESET).endsWith(", reading the body, 9 of 100 bytes after status 200");
        }
    }

    @Test
    void nobodyListeningIsARefusal() throws IOException {
        URI deserted;
        try (ServerSocket brief = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            deserted = URI.create("http://localhost:" + brief.getLocalPort());
        }
        try (ProbeBench bench = new ProbeBench(ApiSettingsFake.of(deserted))) {
            bench.assertFails(FailureKind.REFUSED).startsWith("localhost:" + deserted.getPort());
        }
    }

    @Test
    void aNameWithoutAnAddressIsUnresolved() {
        try (ProbeBench bench = new ProbeBench(ApiSettingsFake.of(URI.create("http://no-such-host.invalid:8000")))) {
            bench.assertFails(FailureKind.UNRESOLVED).startsWith("no-such-host.invalid");
        }
    }

    @Test
    void addressesNeedNoName() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(ScriptedServer.always(Answers.OK));
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(
                        URI.create("http://127.0.0.1:" + server.url().getPort())))) {
            bench.assertAnswers(200);
            assertThat(server.heads().element())
                    .containsIgnoringCase("\r\nhost: 127.0.0.1:" + server.url().getPort() + "\r\n");
        }
    }

    @Test
    void addressesOfIpv6NeedNoNameEither() throws IOException {
        try (ScriptedServer server = ScriptedServer.plain(
                        InetAddress.getByAddress(IPV6_LOOPBACK), ScriptedServer.always(Answers.OK));
                ProbeBench bench = new ProbeBench(ApiSettingsFake.of(
                        URI.create("http://[::1]:" + server.url().getPort())))) {
            bench.assertAnswers(200);
            assertThat(server.heads().element())
                    .containsIgnoringCase("\r\nhost: [::1]:" + server.url().getPort() + "\r\n");
        } catch (BindException e) {
            Machine.require(false, "this machine has no IPv6 loopback: " + e.getMessage());
        }
    }
}
