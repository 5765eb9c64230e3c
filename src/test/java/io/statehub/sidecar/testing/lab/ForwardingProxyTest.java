package io.statehub.sidecar.testing.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("thorough")
@Timeout(240)
class ForwardingProxyTest {

    private static final int SHORT_MILLIS = 300;

    private final EchoServer echo = new EchoServer();
    private final ForwardingProxy proxy = new ForwardingProxy("test", echo.port());

    @BeforeEach
    void startEcho() {
        echo.start();
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void bytesPassBothWays() throws IOException {
        try (Socket socket = connect()) {
            assertThat(echoed(socket, 1)).isEqualTo(1);
            byte[] much = new byte[3 << 20];
            Thread writer = new Thread(() -> write(socket, much));
            writer.start();
            assertThat(socket.getInputStream().readNBytes(much.length)).hasSize(much.length);
        }
    }

    @Test
    void trafficCountsEachDirectionOverAllConnections() throws IOException {
        for (int connection = 1; connection <= 2; connection++) {
            try (Socket socket = connect()) {
                assertThat(echoed(socket, connection)).isEqualTo(connection);
            }
        }
        // A byte is counted just after it was passed on.
        await().untilAsserted(() -> assertThat(proxy.traffic()).isEqualTo(new ProxyTraffic(2, 2)));
        assertThat(proxy.traffic().minus(new ProxyTraffic(2, 1))).isEqualTo(new ProxyTraffic(0, 1));
    }

    @Test
    void anEndedSideIsPassedOn() throws IOException {
        try (Socket socket = connect()) {
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void refusingResetsOpenConnectionsAndRefusesNewOnesUntilItPassesOnTheSamePort() throws IOException {
        try (Socket socket = connect()) {
            assertThat(echoed(socket, 1)).isEqualTo(1);
            proxy.refuse();
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        proxy.pass();
        try (Socket socket = connect()) {
            assertThat(echoed(socket, 2)).isEqualTo(2);
        }
    }

    @Test
    void droppingKeepsConnectionsOpenAndSilentAndLosesNothing() throws IOException {
        try (Socket before = connect()) {
            assertThat(echoed(before, 1)).isEqualTo(1);
            proxy.drop();
            try (Socket during = connect()) {
                assertThatThrownBy(() -> echoed(before, 2)).isInstanceOf(SocketTimeoutException.class);
                assertThatThrownBy(() -> echoed(during, 3)).isInstanceOf(SocketTimeoutException.class);
                proxy.pass();
                assertThat(before.getInputStream().read()).isEqualTo(2);
                assertThat(during.getInputStream().read()).isEqualTo(3);
            }
        }
    }

    @Test
    void delayHoldsEachAnswerBack() throws IOException {
        proxy.delay(Duration.ofMillis(200));
        try (Socket socket = connect()) {
            long start = System.nanoTime();
            assertThat(echoed(socket, 1)).isEqualTo(1);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void refusingTargetShowsAsAReset() throws IOException {
        proxy.routeTo(FreePorts.next());
        try (Socket socket = connect()) {
            assertThatThrownBy(() -> {
                        assertThat(socket.getInputStream().read()).isEqualTo(-2);
                    })
                    .isInstanceOf(SocketException.class);
        }
        proxy.routeTo(echo.port());
        try (Socket socket = connect()) {
            assertThat(echoed(socket, 4)).isEqualTo(4);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(SHORT_MILLIS * 3);
        return socket;
    }

    private static int echoed(Socket socket, int value) throws IOException {
        socket.getOutputStream().write(value);
        return socket.getInputStream().read();
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends everything back, on a thread per connection. */
    private static final class EchoServer implements AutoCloseable {

        private final ServerSocket listener;

        EchoServer() {
            try {
                listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        int port() {
            return listener.getLocalPort();
        }

        void start() {
            daemon(this::acceptAll);
        }

        private void acceptAll() {
            try {
                while (true) {
                    Socket socket = listener.accept();
                    daemon(() -> echo(socket));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        private static void echo(Socket socket) {
            try (socket) {
                socket.getInputStream().transferTo(socket.getOutputStream());
            } catch (IOException reset) {
                // That is what the test does to it.
            }
        }

        private static void daemon(Runnable task) {
            Thread thread = new Thread(task, "echo");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
