package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.testing.postgres.Lies;
import io.statehub.sidecar.testing.postgres.LyingServer;
import io.statehub.sidecar.testing.postgres.LyingServer.Lie;
import io.statehub.sidecar.testing.postgres.Mutation;
import io.statehub.sidecar.testing.postgres.Talk;
import io.statehub.sidecar.testing.postgres.Wording;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Answers of a sound server with some bytes changed, left out, doubled or made up: whatever the driver makes of them, a
 * probe reports what it saw. {@code -Dmutated.answers=} makes it longer, {@code -Dmutated.seed=} repeats a run.
 */
class MutatedAnswersTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ANSWERS = Integer.getInteger("mutated.answers", 200);
    private static final long SEED = Long.getLong("mutated.seed", System.nanoTime());
    private static final Duration DEADLINE = Duration.ofMillis(300);

    @Test
    void everyAnswerBecomesAnObservation() {
        System.out.println("mutated.seed=" + SEED + " mutated.answers=" + ANSWERS);
        Mutation mutation = new Mutation(new Random(SEED));
        Lie lie = talk -> {
            talk.begin();
            talk.say(mutation.of(Talk.welcoming()));
            while (true) {
                talk.statement();
                talk.sayAndEnd(mutation.of(Wording.answer(Lies.identity())));
            }
        };
        int believed = 0;
        try (LyingServer server = new LyingServer(lie);
                Probe probe = new PostgresProbes(
                                LabPostgresSettings.at("127.0.0.1", server.port()), DEADLINE, Optional.empty())
                        .writeEndpoint()) {
            for (int input = 0; input < ANSWERS; input++) {
                Observation seen = probe.observe(Deadline.in(DEADLINE, TimeSource.system()));

                believed += seen.failure().isEmpty() ? 1 : 0;
                assertThat(seen.failure()
                                .filter(failure -> failure.kind() == FailureKind.UNEXPECTED
                                        && failure.detail().contains("the driver failed")))
                        .as("input %d of seed %d", input, SEED)
                        .isEmpty();
                // One that says nothing more would hold up the next login for a minute.
                server.hangUp();
            }
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(server.connections()).isLessThanOrEqualTo(2));
        }
        System.out.println("believed " + believed + " of " + ANSWERS);
    }
}
