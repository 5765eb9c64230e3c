package io.statehub.sidecar.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
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

    /** Linux tells its table in parts, and one again of which others came or went meanwhile. */
    @Test
    void aSocketThatLinuxTellsTwiceIsOne() {
        String row =
                "7: 0100007F:9494 0100007F:33A8 %s 00000000:00000000 00:00000000 00000000 0 0 %d 1 0 20 4 30 10 -1";
        List<String> rows = List.of(row.formatted("01", 4711), row.formatted("01", 4712), row.formatted("08", 4711));

        assertThat(ClientSockets.to(List.of(0x33A8), rows, Set.of("socket:[4711]", "socket:[4712]")))
                .containsExactly(entry(0x33A8, List.of("ended by the server", "established")));
    }

    private static @Nullable List<String> to(ServerSocket server) {
        return ClientSockets.to(List.of(server.getLocalPort())).get(server.getLocalPort());
    }
}
