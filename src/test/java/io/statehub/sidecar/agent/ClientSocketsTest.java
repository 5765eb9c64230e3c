package io.statehub.sidecar.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class ClientSocketsTest {

    @Test
    void theClientsOfThisProcessAreCountedAndNotTheirServersHalves() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Socket first = new Socket(server.getInetAddress(), server.getLocalPort())) {
            try (Socket second = new Socket(server.getInetAddress(), server.getLocalPort())) {
                assertThat(second.isConnected()).isTrue();
                assertThat(ClientSockets.to(server.getLocalPort())).containsExactly("established", "established");
            }

            assertThat(first.isClosed()).isFalse();
            assertThat(ClientSockets.to(server.getLocalPort())).containsExactly("established");
        }
    }
}
