package io.statehub.sidecar.probe;

import static io.statehub.sidecar.testing.Observed.primary;
import static io.statehub.sidecar.testing.Observed.standby;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.ScriptedProbe;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeRoundTest {

    private final ManualClock clock = new ManualClock();
    private final List<List<Observation>> delivered = new ArrayList<>();
    private final ProbeRound round = new ProbeRound(
            List.of(new ScriptedProbe("pg-1"), new ScriptedProbe("pg-2")),
            Deadline.in(Duration.ofSeconds(1), clock),
            delivered::add);

    @Test
    void roundIsDeliveredOnceWithTheLastObservation() {
        round.add(primary("pg-1").at(clock.now()));
        assertThat(delivered).isEmpty();
        round.add(standby("pg-2").at(clock.now()));
        assertThat(delivered).hasSize(1);
        round.close();
        assertThat(delivered).hasSize(1);
    }

    @Test
    void whoHasNotReportedWhenTheRoundIsClosedHasTimedOut() {
        // given
        round.add(primary("pg-1").at(clock.now()));
        clock.advance(Duration.ofSeconds(1));

        // when
        round.close();

        // then
        assertThat(delivered).hasSize(1);
        assertThat(delivered.get(0))
                .filteredOn(MemberObservation.Failed.class::isInstance)
                .singleElement()
                .satisfies(observation -> {
                    assertThat(observation.target()).isEqualTo("pg-2");
                    assertThat(observation.at()).isEqualTo(clock.now());
                    assertThat(observation.took()).isEqualTo(Duration.ofSeconds(1));
                    assertThat(observation.failure().orElseThrow().kind()).isEqualTo(FailureKind.TIMED_OUT);
                });
    }

    @Test
    void theTimeThatAProbeIsToldToHaveTakenLeadsBackToTheVeryBeginning() {
        TimeSource ticking = () -> {
            clock.advance(Duration.ofMillis(1));
            return clock.now();
        };
        Deadline deadline = Deadline.in(Duration.ofSeconds(1), ticking);
        new ProbeRound(List.of(new ScriptedProbe("pg-1")), deadline, delivered::add).close();

        assertThat(delivered.get(0))
                .singleElement()
                .extracting(late -> late.at().plus(late.took().negated()))
                .isEqualTo(deadline.begun());
    }

    @Test
    void whatComesAfterTheRoundWasClosedIsDropped() {
        round.close();
        round.add(primary("pg-1").at(clock.now()));
        assertThat(delivered).hasSize(1);
        assertThat(delivered.get(0)).hasSize(2).allMatch(MemberObservation.Failed.class::isInstance);
    }

    @Test
    void secondObservationOfOneTargetIsDropped() {
        round.add(primary("pg-1").at(clock.now()));
        round.add(standby("pg-1").at(clock.now()));
        round.close();
        assertThat(delivered.get(0)).hasSize(2);
    }
}
