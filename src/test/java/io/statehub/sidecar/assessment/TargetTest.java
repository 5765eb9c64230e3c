package io.statehub.sidecar.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Observed;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetTest {

    private static final Hysteresis RULE = new Hysteresis(3, 2);
    private static final Duration STALE_AFTER = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock();
    private final Target unobserved = Target.unobserved(new TargetId.Member("pg-1"), clock.now());

    @Test
    void nothingIsBelievedOfATargetThatWasNotAsked() {
        Target target = unobserved.next(Optional.empty(), clock.now(), RULE, STALE_AFTER, Optional.empty());
        assertThat(target.status()).isEqualTo(Status.UNKNOWN);
        assertThat(target.fresh(MemberObservation.class)).isEmpty();
    }

    @Test
    void observationIsCountedOnceHoweverOftenItIsLookedAt() {
        // given
        Optional<Observation> failed =
                seen(Observed.failed("pg-1", FailureKind.REFUSED).at(clock.now()));

        // when
        Target target = unobserved;
        for (int i = 0; i < 5; i++) {
            target = next(target, failed);
        }

        // then
        assertThat(target.status()).as("one failure of three").isEqualTo(Status.UNKNOWN);
    }

    @Test
    void observationHoldsUpToTheBoundAndNoLonger() {
        // given
        Optional<Observation> answer = seen(Observed.primary("pg-1").at(clock.now()));
        Target up = next(unobserved, answer);

        // when
        clock.advance(STALE_AFTER);
        Target justFresh = next(up, answer);
        clock.advance(Duration.ofNanos(1));
        Target stale = next(justFresh, answer);

        // then
        assertThat(justFresh.status()).isEqualTo(Status.UP);
        assertThat(justFresh.fresh(MemberObservation.Answered.class)).isPresent();
        assertThat(stale.status()).isEqualTo(Status.UNKNOWN);
        assertThat(stale.health().since()).isEqualTo(clock.now());
        assertThat(stale.fresh(MemberObservation.Answered.class)).isEmpty();
        assertThat(stale.last()).as("it is kept, for its age").isEqualTo(answer);
    }

    @Test
    void wallClockThatIsSetMakesNothingStale() {
        // given
        Optional<Observation> answer = seen(Observed.primary("pg-1").at(clock.now()));

        // when
        clock.wallClockJumps(Duration.ofDays(1));

        // then
        assertThat(next(unobserved, answer).status()).isEqualTo(Status.UP);
    }

    @Test
    void answerThatWasStaleBeforeItCameSaysNothing() {
        Optional<Observation> answer = seen(Observed.primary("pg-1").at(clock.now()));
        clock.advance(STALE_AFTER.plusNanos(1));
        assertThat(next(unobserved, answer).status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void freshAnswerAfterSilenceIsBelieved() {
        // given
        Optional<Observation> answer = seen(Observed.primary("pg-1").at(clock.now()));
        Target up = next(unobserved, answer);
        clock.advance(STALE_AFTER.plusNanos(1));
        Target stale = next(up, answer);

        // when
        Target again = next(stale, seen(Observed.primary("pg-1").at(clock.now())));

        // then
        assertThat(again.status()).isEqualTo(Status.UP);
        assertThat(again.fresh()).isTrue();
    }

    @Test
    void failureIsNoAnswer() {
        Target target = next(
                unobserved, seen(Observed.failed("pg-1", FailureKind.REFUSED).at(clock.now())));
        assertThat(target.fresh(MemberObservation.Answered.class)).isEmpty();
        assertThat(target.fresh(MemberObservation.Failed.class)).isPresent();
    }

    private Target next(Target target, Optional<Observation> latest) {
        return target.next(latest, clock.now(), RULE, STALE_AFTER, Optional.empty());
    }

    private static Optional<Observation> seen(Observation observation) {
        return Optional.of(observation);
    }
}
