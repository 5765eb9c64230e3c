package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.Observed.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetHealthTest {

    private static final Hysteresis RULE = new Hysteresis(3, 2);

    private final ManualClock clock = new ManualClock();
    private final Moment start = clock.now();

    @Test
    void firstAnswerOfAllMakesItUp() {
        TargetHealth health = after(TargetHealth.unknown(start), "+");
        assertThat(health.status()).isEqualTo(Status.UP);
        assertThat(health.since()).isEqualTo(clock.now());
    }

    @Test
    void firstFailuresLeaveItUnknownUntilThereAreEnough() {
        TargetHealth health = after(TargetHealth.unknown(start), "--");
        assertThat(health.status()).isEqualTo(Status.UNKNOWN);
        assertThat(health.since()).isEqualTo(start);

        health = after(health, "-");
        assertThat(health.status()).isEqualTo(Status.DOWN);
        assertThat(health.since()).isEqualTo(clock.now());
    }

    @Test
    void unknownThatFailedTakesSeveralAnswersToBeUp() {
        TargetHealth health = after(TargetHealth.unknown(start), "-+");
        assertThat(health.status()).isEqualTo(Status.UNKNOWN);
        assertThat(after(health, "+").status()).isEqualTo(Status.UP);
    }

    @Test
    void answersAndFailuresOfAnUnknownAreCountedInARow() {
        assertThat(after(TargetHealth.unknown(start), "--+--+-").status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void upWithAFailureIsDegradedAndOneAnswerHealsIt() {
        // given
        TargetHealth up = after(TargetHealth.unknown(start), "+");
        Moment since = up.since();

        // when
        TargetHealth shaken = after(up, "--");

        // then
        assertThat(shaken.status()).isEqualTo(Status.DEGRADED);
        assertThat(shaken.failure()).contains(failure(FailureKind.TIMED_OUT));
        assertThat(shaken.since()).isEqualTo(since);

        TargetHealth healed = after(shaken, "+");
        assertThat(healed.status()).isEqualTo(Status.UP);
        assertThat(healed.failure()).isEmpty();
        assertThat(healed.since()).as("it was up all the time").isEqualTo(since);
    }

    @Test
    void upGoesDownAtTheLastOfEnoughFailuresInARow() {
        TargetHealth up = after(TargetHealth.unknown(start), "+--+--");
        assertThat(up.status()).isEqualTo(Status.DEGRADED);

        TargetHealth down = after(up, "-");
        assertThat(down.status()).isEqualTo(Status.DOWN);
        assertThat(down.since()).isEqualTo(clock.now());
    }

    @Test
    void downComesUpAtTheLastOfEnoughAnswersInARow() {
        // given
        TargetHealth down = after(TargetHealth.unknown(start), "---");
        Moment since = down.since();

        // when
        TargetHealth wavering = after(down, "+-+");

        // then
        assertThat(wavering.status()).isEqualTo(Status.DOWN);
        assertThat(wavering.since()).isEqualTo(since);

        TargetHealth up = after(wavering, "+");
        assertThat(up.status()).isEqualTo(Status.UP);
        assertThat(up.failure()).isEmpty();
        assertThat(up.since()).isEqualTo(clock.now());
    }

    @Test
    void downNamesItsLastFailure() {
        TargetHealth down = after(TargetHealth.unknown(start), "---");
        TargetHealth refused = down.failed(tick(), failure(FailureKind.REFUSED), RULE);
        assertThat(refused.failure()).contains(failure(FailureKind.REFUSED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "-", "+-", "---", "---+"})
    void faultsThatAreOursNeverGiveDownFromAnyState(String before) {
        // given
        TargetHealth health = after(TargetHealth.unknown(start), before);

        for (int i = 0; i < 10; i++) {
            // when
            TargetHealth earlier = health;
            health = health.failed(tick(), failure(FailureKind.AUTHENTICATION), RULE);

            // then
            if (earlier.status() != Status.DOWN) {
                assertThat(health.status()).isNotEqualTo(Status.DOWN);
            }
        }
        assertThat(health.status()).isEqualTo(Status.UNKNOWN);
        assertThat(health.failure()).contains(failure(FailureKind.AUTHENTICATION));
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfFailureEndsInDownOrUnknownByWhoseFaultItIs(FailureKind kind) {
        TargetHealth health = after(TargetHealth.unknown(start), "+");
        for (int i = 0; i < RULE.failuresToDown(); i++) {
            health = health.failed(tick(), failure(kind), RULE);
        }
        assertThat(health.status()).isEqualTo(kind.ours() ? Status.UNKNOWN : Status.DOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "+-", "---", "---+"})
    void silenceMakesEverythingUnknownSinceThen(String before) {
        TargetHealth expired = after(TargetHealth.unknown(start), before).expired(tick(), Optional.empty());
        assertThat(expired.status()).isEqualTo(Status.UNKNOWN);
        assertThat(expired.since()).isEqualTo(clock.now());
        assertThat(expired.failure()).isEmpty();
    }

    @Test
    void unknownStaysUnknownSinceTheSameMoment() {
        assertThat(TargetHealth.unknown(start).expired(tick(), Optional.empty()).since())
                .isEqualTo(start);
    }

    @Test
    void silenceThatWeAreToBlameForSaysSoUnlessAReasonIsKnownAlready() {
        Optional<Failure> late = Optional.of(Observed.failure(FailureKind.OWN_DELAY));
        TargetHealth blamed = TargetHealth.unknown(start).expired(tick(), late);
        assertThat(blamed.failure()).isEqualTo(late);
        assertThat(blamed.since()).isEqualTo(start);

        assertThat(blamed.expired(tick(), Optional.empty())).isEqualTo(blamed);
        Optional<Failure> another = Optional.of(Observed.failure(FailureKind.AUTHENTICATION));
        assertThat(blamed.expired(tick(), another)).isEqualTo(blamed);
    }

    @Test
    void oneAnswerIsEnoughWhereTheRuleSaysSo() {
        Hysteresis atOnce = new Hysteresis(1, 1);
        TargetHealth down = TargetHealth.unknown(start).failed(tick(), failure(FailureKind.REFUSED), atOnce);
        assertThat(down.status()).isEqualTo(Status.DOWN);
        assertThat(down.succeeded(tick(), atOnce).status()).isEqualTo(Status.UP);
    }

    @Test
    void noAnswerIsEnoughForNothing() {
        assertThatThrownBy(() -> new Hysteresis(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Hysteresis(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A plus is an answer, a minus a time-out, each a second later. */
    private TargetHealth after(TargetHealth health, String script) {
        TargetHealth next = health;
        for (int i = 0; i < script.length(); i++) {
            next = script.charAt(i) == '+'
                    ? next.succeeded(tick(), RULE)
                    : next.failed(tick(), failure(FailureKind.TIMED_OUT), RULE);
        }
        return next;
    }

    private Moment tick() {
        clock.advance(Duration.ofSeconds(1));
        return clock.now();
    }
}
