package io.statehub.sidecar.probe.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.config.HostAndPort;
import io.statehub.sidecar.config.NameCache;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.testing.postgres.Lies;
import io.statehub.sidecar.testing.postgres.LyingServer;
import io.statehub.sidecar.testing.postgres.LyingServer.Lie;
import io.statehub.sidecar.testing.postgres.Wording;
import io.statehub.sidecar.time.TimeSource;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A write endpoint whose name leads elsewhere after a failover, or nowhere for a while. */
@Timeout(60)
class MovingNameTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration FOREVER = Duration.ofHours(1);
    private static final String OLD = "127.0.0.1";
    private static final String NEW = "127.0.0.2";

    private final AtomicReference<Resolver> names = new AtomicReference<>(InetAddress::getAllByName);

    private static Resolver leadingTo(String address) {
        return host -> InetAddress.getAllByName(address);
    }

    private Probe endpoint(int port, HostAndPort... hosts) {
        Connector connector = new Connector(
                List.of(hosts),
                new Logins(LabPostgresSettings.at(OLD, port), "state"),
                new SessionSetup(false, LONG),
                true,
                host -> requireNonNull(names.get()).addresses(host),
                () -> 0.5);
        return new WriteEndpointProbe(new HeldConnection(connector, FOREVER));
    }

    private static Observation observed(Probe probe) {
        return probe.observe(Deadline.in(LONG, TimeSource.system()));
    }

    @Test
    void aSessionToTheAddressThatANameHasLeftIsGivenUp() {
        try (LyingServer old = new LyingServer(Lies.TRUTH, OLD, 0);
                LyingServer other = new LyingServer(Lies.TRUTH, NEW, old.port());
                Probe probe = endpoint(old.port(), new HostAndPort("db-rw", old.port()))) {
            names.set(leadingTo(OLD));
            assertThat(observed(probe).failure()).isEmpty();
            assertThat(other.accepted()).isZero();

            names.set(leadingTo(NEW));

            await().atMost(LONG).until(() -> {
                assertThat(observed(probe).failure()).isEmpty();
                return other.accepted() == 1;
            });
            assertThat(observed(probe).failure()).isEmpty();
            assertThat(old.accepted()).isEqualTo(1);
            assertThat(other.accepted()).isEqualTo(1);
        }
    }

    @Test
    void whatTheOldServerSaidBeforeTheNameLeftItIsHeard() {
        CountDownLatch moved = new CountDownLatch(1);
        try (LyingServer old = new LyingServer(shutDownAfterTwoAnswers(), OLD, 0);
                LyingServer other = new LyingServer(Lies.truthOf("2026-01-02 00:00:00+00"), NEW, old.port());
                Probe probe = endpoint(old.port(), new HostAndPort("db-rw", old.port()))) {
            names.set(leadingTo(OLD));
            assertThat(observed(probe).farewell()).isEmpty();

            names.set(host -> {
                moved.countDown();
                return InetAddress.getAllByName(NEW);
            });
            assertThat(observed(probe).farewell()).isEmpty();
            await().atMost(LONG).until(() -> moved.getCount() == 0 && old.connections() == 0);

            Observation seen = observed(probe);
            assertThat(seen.failure()).isEmpty();
            assertThat(seen.farewell()).isPresent();
            assertThat(other.accepted()).isEqualTo(1);
        }
    }

    private static Lie shutDownAfterTwoAnswers() {
        return talk -> {
            talk.begin();
            talk.welcome();
            for (int i = 0; i < 2; i++) {
                talk.statement();
                talk.answer(Lies.identity());
            }
            talk.say(Wording.error("FATAL", "57P01", "terminating connection due to administrator command"));
        };
    }

    @Test
    void aSessionOutlivesALookupThatFailsOrHangs() {
        CountDownLatch never = new CountDownLatch(1);
        try (LyingServer server = new LyingServer(Lies.TRUTH, OLD, 0);
                Probe probe = endpoint(server.port(), new HostAndPort("db-rw", server.port()))) {
            names.set(leadingTo(OLD));
            assertThat(observed(probe).failure()).isEmpty();

            names.set(host -> {
                throw new UnknownHostException(host);
            });
            for (int round = 0; round < 3; round++) {
                assertThat(observed(probe).failure()).isEmpty();
            }
            names.set(host -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new UnknownHostException(host);
            });
            for (int round = 0; round < 3; round++) {
                assertThat(observed(probe).failure()).isEmpty();
            }
            assertThat(server.accepted()).isEqualTo(1);
        } finally {
            never.countDown();
        }
    }

    @Test
    void withoutASessionALookupThatFailsCostsOneProbe() {
        try (LyingServer server = new LyingServer(Lies.TRUTH, OLD, 0);
                Probe probe = endpoint(server.port(), new HostAndPort("db-rw", server.port()))) {
            names.set(host -> {
                throw new UnknownHostException(host);
            });
            assertThat(observed(probe).failure().map(Failure::kind)).contains(FailureKind.UNRESOLVED);

            names.set(leadingTo(OLD));

            assertThat(observed(probe).failure()).isEmpty();
        }
    }

    @Test
    void theRuntimeKeepsNoAddresses() {
        NameCache.off();

        assertThat(Security.getProperty("networkaddress.cache.ttl")).isEqualTo("0");
        assertThat(Security.getProperty("networkaddress.cache.negative.ttl")).isEqualTo("0");
    }
}
