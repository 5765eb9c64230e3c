package io.statehub.sidecar.testing.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaultyServerTest {

    @Test
    void aServerThatRefusesComesBackAtOnce() throws IOException {
        try (FaultyServer server = new FaultyApi(Optional.empty())) {
            for (int i = 0; i < 100; i++) {
                try (Socket client = connect(server)) {
                    assertThat(client.isConnected()).isTrue();
                }
                server.become(Fault.REFUSE);
                assertThatThrownBy(() -> connect(server)).isInstanceOf(ConnectException.class);
                server.become(Fault.NONE);
            }
        }
    }

    private static Socket connect(FaultyServer server) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }
}
