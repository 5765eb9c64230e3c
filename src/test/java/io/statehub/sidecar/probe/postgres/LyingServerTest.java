package io.statehub.sidecar.probe.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.config.AuthMethod;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.testing.postgres.Lies;
import io.statehub.sidecar.testing.postgres.LyingServer;
import io.statehub.sidecar.testing.postgres.LyingServer.Lie;
import io.statehub.sidecar.testing.postgres.Wording;
import io.statehub.sidecar.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Probes of a server that says what no server should: they come back, with a typed failure, and are as good as new. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class LyingServerTest {

    private static final Duration DEADLINE = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final TimeSource TIME = TimeSource.system();

    /** What a lie may be taken for; above all, none is a fault of ours. */
    private static final Set<FailureKind> TYPED =
            Set.of(FailureKind.TIMED_OUT, FailureKind.PROTOCOL, FailureKind.RESET, FailureKind.AUTHENTICATION);

    static Stream<Arguments> atLogin() {
        return Lies.atLogin().entrySet().stream().map(lie -> Arguments.of(lie.getKey(), lie.getValue()));
    }

    static Stream<Arguments> inAnswers() {
        return Lies.inAnswers().entrySet().stream().map(lie -> Arguments.of(lie.getKey(), lie.getValue()));
    }

    private static Probe probeOf(LyingServer server) {
        return new PostgresProbes(LabPostgresSettings.at("127.0.0.1", server.port()), DEADLINE, Optional.empty())
                .writeEndpoint();
    }

    private static WriteEndpointObservation observed(Probe probe, Duration deadline) {
        return (WriteEndpointObservation) probe.observe(Deadline.in(deadline, TIME));
    }

    private static Failure failure(Probe probe) {
        return observed(probe, DEADLINE).failure().orElseThrow();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("atLogin")
    void noLoginHoldsAProbeOrKeepsItFromTheNextOne(String name, Lie lie) {
        endsTypedAndRecovers(lie);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inAnswers")
    void noAnswerHoldsAProbeOrKeepsItFromTheNextOne(String name, Lie lie) {
        endsTypedAndRecovers(lie);
    }

    private static void endsTypedAndRecovers(Lie lie) {
        try (LyingServer server = new LyingServer(lie);
                Probe probe = probeOf(server)) {
            for (int round = 0; round < 3; round++) {
                Failure failure = failure(probe);

                assertThat(failure.kind()).as(failure.detail()).isIn(TYPED);
                awaitAtMostTwo(server, "one attempt at a time");
            }
            server.tell(Lies.TRUTH);
            server.hangUp();
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(observed(probe, LONG).failure())
                            .as("after the lie")
                            .isEmpty());
        }
    }

    /** A connection that the probe has closed is open here until this server's thread has had its turn. */
    private static void awaitAtMostTwo(LyingServer server, String why) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(server.connections()).as(why).isLessThanOrEqualTo(2));
    }

    @Test
    void aSoundServerIsBelieved() {
        try (LyingServer server = new LyingServer(Lies.TRUTH);
                Probe probe = probeOf(server)) {
            assertThat(observed(probe, LONG))
                    .isInstanceOfSatisfying(
                            WriteEndpointObservation.Answered.class,
                            answered -> assertThat(answered.writable()).isTrue());
            assertThat(observed(probe, LONG).failure()).isEmpty();
            assertThat(server.accepted()).as("one session for both").isEqualTo(1);
        }
    }

    @Test
    void aLoginThatHangsIsTheOnlyOneUntilTheServerHasEndedIt() {
        Lie hanging = requireNonNull(Lies.atLogin().get("no notice of anything"));
        try (LyingServer server = new LyingServer(hanging);
                Probe probe = probeOf(server)) {
            for (int round = 0; round < 6; round++) {
                assertThat(failure(probe).kind()).isEqualTo(FailureKind.TIMED_OUT);
                awaitAtMostTwo(server, "the login that hangs, and at most one that asked for a byte");
            }
            assertThat(failure(probe).detail()).contains("got no answer");

            server.tell(Lies.TRUTH);
            server.hangUp();
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(observed(probe, LONG).failure()).isEmpty());
        }
    }

    @Test
    void aServerThatWasFrozenIsAskedAgainAsSoonAsItAnswersAnything() {
        Lie frozen = talk -> talk.hang();
        try (LyingServer server = new LyingServer(frozen);
                Probe probe = probeOf(server)) {
            assertThat(failure(probe).kind()).isEqualTo(FailureKind.TIMED_OUT);
            assertThat(failure(probe).kind()).isEqualTo(FailureKind.TIMED_OUT);

            // The address leads to another server now; the old one never closes what it had.
            server.tell(Lies.TRUTH);

            assertThat(observed(probe, LONG).failure()).isEmpty();
        }
    }

    @Test
    void aLoginThatAlwaysTakesLongerThanAProbeSucceedsAllTheSame() {
        Lie slow = talk -> {
            talk.begin();
            talk.takeItsTime(DEADLINE.multipliedBy(2));
            talk.welcome();
            while (true) {
                talk.statement();
                talk.answer(Lies.identity());
            }
        };
        try (LyingServer server = new LyingServer(slow);
                Probe probe = probeOf(server)) {
            await().atMost(LONG)
                    .untilAsserted(() ->
                            assertThat(observed(probe, DEADLINE).failure()).isEmpty());
        }
    }

    @Test
    void noPasswordIsGivenToAServerThatCanBeAnybody() {
        AtomicReference<String> given = new AtomicReference<>("");
        for (byte[] question : Set.of(Wording.clearTextPassword(), Wording.md5Password())) {
            Lie curious = talk -> {
                talk.begin();
                talk.say(question);
                given.set(talk.message('p'));
                talk.welcome();
            };
            try (LyingServer server = new LyingServer(curious);
                    Probe probe = probeOf(server)) {
                assertThat(failure(probe).kind()).isEqualTo(FailureKind.AUTHENTICATION);
                assertThat(given.get()).isEmpty();
            }
        }
    }

    @Test
    void whoAllowsItLogsInWithAPasswordAsItIs() {
        Lie oldFashioned = talk -> {
            talk.begin();
            talk.say(Wording.clearTextPassword());
            if (talk.message('p').equals("secret\0")) {
                talk.welcome();
                while (true) {
                    talk.statement();
                    talk.answer(Lies.identity());
                }
            }
        };
        try (LyingServer server = new LyingServer(oldFashioned);
                Probe probe = new PostgresProbes(
                                LabPostgresSettings.at("127.0.0.1", server.port())
                                        .allowing(AuthMethod.PASSWORD),
                                DEADLINE,
                                Optional.empty())
                        .writeEndpoint()) {
            assertThat(observed(probe, LONG).failure()).isEmpty();
        }
    }

    @Test
    void noServerSetsUsToTwoBillionIterations() {
        Lie exhausting = talk -> {
            talk.begin();
            talk.say(Wording.scram());
            String nonce = clientNonce(talk.message('p'));
            talk.say(Wording.scramContinue("r=" + nonce + "abc,s=c2FsdHNhbHRzYWx0c2FsdA==,i=2147483647"));
            talk.silence();
        };
        try (LyingServer server = new LyingServer(exhausting);
                Probe probe = probeOf(server)) {
            // Whoever counted so far would have no time left to refuse it.
            assertThat(failure(probe).kind()).isEqualTo(FailureKind.AUTHENTICATION);
        }
    }

    private static String clientNonce(String saslInitialResponse) throws IOException {
        int at = saslInitialResponse.indexOf("r=");
        if (at < 0) {
            throw new IOException("no nonce in " + saslInitialResponse);
        }
        return saslInitialResponse.substring(at + 2);
    }
}
