package io.statehub.sidecar.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.access.AccessStep.Result;
import io.statehub.sidecar.access.Chain.StepFailedException;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChainTest {

    private final ManualClock clock = new ManualClock();
    private final List<AccessStep> steps = new ArrayList<>();

    private String takes(long millis, String seen) {
        clock.advance(Duration.ofMillis(millis));
        return seen;
    }

    private String fails(long millis) throws StepFailedException {
        clock.advance(Duration.ofMillis(millis));
        throw new StepFailedException(new Failure(FailureKind.REFUSED, "nobody listens"));
    }

    private AccessReport ofThree() {
        new Chain("api")
                .then("resolve", () -> takes(2, "10.0.0.1"))
                .then("connect", () -> fails(30))
                .then("GET /state/health", () -> takes(1, "never"))
                .run(clock, steps::add);
        new Chain("database").then("resolve", () -> takes(1500, "10.0.0.2")).run(clock, steps::add);
        return new AccessReport(steps, Optional.empty());
    }

    @Test
    void whatFollowsAStepThatFailsIsSkippedAndNotFailed() {
        ofThree();

        assertThat(steps)
                .extracting(AccessStep::result)
                .containsExactly(Result.PASS, Result.FAIL, Result.SKIPPED, Result.PASS);
        assertThat(steps.get(1).evidence()).isEqualTo("connection refused (nobody listens)");
        assertThat(steps.get(2).evidence()).isEqualTo("not tried: connect failed");
        assertThat(steps.get(2).took()).isZero();
    }

    @Test
    void theTableIsAlignedAndSaysWhatItComesTo() {
        assertThat(AccessTable.of(ofThree())).isEqualToNormalizingNewlines("""
                target    step               result      took  evidence
                api       resolve            PASS        2 ms  10.0.0.1
                api       connect            FAIL       30 ms  connection refused (nobody listens)
                api       GET /state/health  SKIPPED        -  not tried: connect failed
                database  resolve            PASS     1500 ms  10.0.0.2
                something does not work: see FAIL
                """);
    }

    @Test
    void theJsonHasTheSame() {
        assertThat(AccessJson.of(ofThree()))
                .contains("\"passed\": false", "\"tookMs\": 1500", "\"result\": \"SKIPPED\"");
    }

    @Test
    void whatWasNotTriedDoesNotFailTheWhole() {
        steps.add(new AccessStep("mcp", "all", Result.SKIPPED, Duration.ZERO, "API_BASE is not set"));

        assertThat(new AccessReport(steps, Optional.empty()).passed()).isTrue();
        assertThat(ofThree().passed()).isFalse();
    }
}
