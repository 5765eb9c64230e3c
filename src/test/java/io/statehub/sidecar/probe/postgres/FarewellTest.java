package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Farewell;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.testing.postgres.Lies;
import io.statehub.sidecar.testing.postgres.LyingServer;
import io.statehub.sidecar.testing.postgres.LyingServer.Lie;
import io.statehub.sidecar.testing.postgres.Wording;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a session was ended with between two probes, while a server answers again by the time of the second. */
@Timeout(60)
class FarewellTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String NEXT_RUN = "2026-01-02 00:00:00+00";
    private static final String SHUT_DOWN = "terminating connection due to administrator command";

    private final CountDownLatch end = new CountDownLatch(1);

    /** Answers once, and takes leave when it is time. */
    private Lie endedWith(String state, String words) {
        return talk -> {
            talk.begin();
            talk.welcome();
            talk.statement();
            talk.answer(Lies.identity());
            await().atMost(LONG).until(() -> end.getCount() == 0);
            talk.say(Wording.error("FATAL", state, words));
        };
    }

    private static Probe probeOf(LyingServer server) {
        return new PostgresProbes(LabPostgresSettings.at("127.0.0.1", server.port()), LONG, Optional.empty())
                .writeEndpoint();
    }

    private static WriteEndpointObservation observed(Probe probe) {
        return (WriteEndpointObservation) probe.observe(Deadline.in(LONG, TimeSource.system()));
    }

    /** Answered once, then ended with these words, then seen again by this run, or by nobody. */
    private WriteEndpointObservation afterwards(LyingServer server, Probe probe, Lie next) {
        assertThat(observed(probe).farewell()).isEmpty();
        server.tell(next);
        end.countDown();
        await().atMost(LONG).until(() -> server.connections() == 0);
        return observed(probe);
    }

    @Test
    void shutdownIsToldBesideTheAnswerOfTheNextRunAndOnlyOnce() {
        try (LyingServer server = new LyingServer(endedWith("57P01", SHUT_DOWN));
                Probe probe = probeOf(server)) {
            WriteEndpointObservation seen = afterwards(server, probe, Lies.truthOf(NEXT_RUN));

            assertThat(seen.failure()).isEmpty();
            Farewell farewell = seen.farewell().orElseThrow();
            assertThat(farewell.run().postmasterStart()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
            assertThat(farewell.words()).isEqualTo(SHUT_DOWN + ", SQLSTATE 57P01");
            assertThat(farewell.lastAnswer().isAfter(seen.at().minus(seen.took())))
                    .as("heard in this probe, said since the one before")
                    .isFalse();
            assertThat(observed(probe).farewell()).as("the next time").isEmpty();
        }
    }

    @Test
    void sessionThatAnAdministratorEndedIsNoShutdownOfTheServerThatAnswersOn() {
        try (LyingServer server = new LyingServer(endedWith("57P01", SHUT_DOWN));
                Probe probe = probeOf(server)) {
            WriteEndpointObservation seen = afterwards(server, probe, Lies.TRUTH);

            assertThat(seen.failure()).isEmpty();
            assertThat(seen.farewell()).isEmpty();
        }
    }

    @Test
    void shutdownIsToldAsWellIfNobodyAnswersAgain() {
        try (LyingServer server = new LyingServer(endedWith("57P01", SHUT_DOWN));
                Probe probe = probeOf(server)) {
            WriteEndpointObservation seen = afterwards(server, probe, talk -> {});

            assertThat(seen.failure().map(Failure::kind)).contains(FailureKind.SHUTTING_DOWN);
            assertThat(seen.farewell()).isPresent();
        }
    }

    @Test
    void crashIsNoFarewell() {
        try (LyingServer server = new LyingServer(
                        endedWith("57P01", "terminating connection due to unexpected postmaster exit"));
                Probe probe = probeOf(server)) {
            WriteEndpointObservation seen = afterwards(server, probe, Lies.truthOf(NEXT_RUN));

            assertThat(seen.failure()).isEmpty();
            assertThat(seen.farewell()).isEmpty();
        }
    }
}
