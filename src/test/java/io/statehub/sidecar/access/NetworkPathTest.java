package io.statehub.sidecar.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.access.Chain.StepFailedException;
import io.statehub.sidecar.testing.lab.FreePorts;
import io.statehub.sidecar.testing.lab.LabCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkPathTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @TempDir
    private static Path directory;

    private static final Queue<IOException> TURNED_AWAY = new ConcurrentLinkedQueue<>();

    private static LabCertificates certificates;
    private static LabCertificates others;

    @BeforeAll
    static void makeCertificates() throws IOException {
        certificates = LabCertificates.createIn(Files.createDirectory(directory.resolve("ours")));
        others = LabCertificates.createIn(Files.createDirectory(directory.resolve("others")));
    }

    /** Agrees on TLS with everybody who comes. */
    private static ServerSocket tlsServer() throws IOException {
        ServerSocket server = certificates
                .serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> serve(server), "tls-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static void serve(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                ((SSLSocket) client).startHandshake();
            } catch (IOException e) {
                // A client that turned away, or the end of the test.
                TURNED_AWAY.add(e);
            }
        }
    }

    private static NetworkPath path(int port) {
        return new NetworkPath("localhost", port, TIMEOUT);
    }

    @Test
    void aNameIsResolvedToItsAddresses() throws StepFailedException {
        assertThat(path(1).resolve()).contains("127.0.0.1");
    }

    @Test
    void aNameWithoutAnAddressIsUnresolved() {
        assertThatThrownBy(() -> new NetworkPath("no-such-host.invalid", 1, TIMEOUT).resolve())
                .isInstanceOf(StepFailedException.class)
                .hasMessage("name has no address (no-such-host.invalid)");
    }

    @Test
    void aPortWhereNobodyListensIsRefused() {
        int port = FreePorts.next();

        assertThatThrownBy(() -> path(port).connect()).hasMessage("connection refused (localhost:" + port + ")");
    }

    @Test
    void aTrustedServerIsNamedWithHowLongItsCertificateHolds() throws IOException, StepFailedException {
        try (ServerSocket server = tlsServer()) {
            assertThat(path(server.getLocalPort()).secure(Optional.of(certificates.authority())))
                    .matches("TLSv1\\.[23], CN=localhost, valid until \\d{4}-.*Z");
        }
    }

    @Test
    void aServerOfAnotherAuthorityIsNotTrusted() throws IOException {
        try (ServerSocket server = tlsServer()) {
            assertThatThrownBy(() -> path(server.getLocalPort()).secure(Optional.of(others.authority())))
                    .isInstanceOf(StepFailedException.class)
                    .hasMessageContaining("certificate not trusted (")
                    .hasMessageEndingWith("certificate of an unknown CA)");
            await().atMost(TIMEOUT).until(() -> !TURNED_AWAY.isEmpty());
        }
    }

    @Test
    void aServerThatSaysNothingTimesOut() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            int port = silent.getLocalPort();
            assertThatThrownBy(() -> new NetworkPath("localhost", port, Duration.ofMillis(300))
                            .secure(Optional.of(certificates.authority())))
                    .hasMessage("no answer in time (localhost:" + port + ", after 300 ms)");
        }
    }

    @Test
    void aFileOfCertificatesThatIsNotThereIsAFaultAndNoCrash() throws IOException {
        try (ServerSocket server = tlsServer()) {
            assertThatThrownBy(() -> path(server.getLocalPort()).secure(Optional.of(directory.resolve("none.pem"))))
                    .isInstanceOf(StepFailedException.class)
                    .hasMessage("credentials unreadable (" + directory.resolve("none.pem") + " does not exist)");
        }
    }
}
