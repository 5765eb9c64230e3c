package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.config.HostAndPort;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.testing.postgres.LyingServer;
import io.statehub.sidecar.testing.postgres.Talk;
import io.statehub.sidecar.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlaceTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration DEADLINE = Duration.ofMillis(200);

    private static Exchange exchange() {
        return new Exchange(Deadline.in(DEADLINE, TimeSource.system()));
    }

    /** As when the driver has no stack left for what it was told too late. */
    @Test
    void aLoginThatEndsLateWithAnErrorIsTheOnlyOneToo() {
        Login stumbling = host -> {
            try (InputStream in = Dial.onThisThread().open().getInputStream()) {
                assertThatThrownBy(in::read).isInstanceOf(Exchange.LateException.class);
                throw new StackOverflowError("too late for anything");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };
        try (LyingServer server = new LyingServer(Talk::silence)) {
            HostAndPort host = new HostAndPort("127.0.0.1", server.port());
            SessionSetup setup = new SessionSetup(true, DEADLINE);
            try (Place place =
                    new Place(host, new HostLookup(host, InetAddress::getAllByName), new LoginGate(() -> 0))) {
                assertThatThrownBy(() -> place.connect(stumbling, setup, exchange()))
                        .isInstanceOf(StackOverflowError.class);
                for (int round = 0; round < 3; round++) {
                    assertThatThrownBy(() -> place.connect(stumbling, setup, exchange()))
                            .isInstanceOf(SQLTimeoutException.class)
                            .hasMessageContaining("has got no answer");
                }
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(server.connections())
                                .as("those that asked for a byte have gone")
                                .isEqualTo(1));
            }
        }
    }
}
