package io.statehub.sidecar.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClientSocketsTest {

    @Test
    void theClientsOfThisProcessAreCountedAndNotTheirServersHalves() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Socket first = new Socket(server.getInetAddress(), server.getLocalPort())) {
            try (Socket second = new Socket(server.getInetAddress(), server.getLocalPort())) {
                assertThat(second.isConnected()).isTrue();
                assertThat(to(server)).containsExactly("established", "established");
            }

            assertThat(first.isClosed()).isFalse();
            assertThat(to(server)).containsExactly("established");
        }
    }

    private static @Nullable List<String> to(ServerSocket server) {
        return ClientSockets.to(List.of(server.getLocalPort())).get(server.getLocalPort());
    }
}
