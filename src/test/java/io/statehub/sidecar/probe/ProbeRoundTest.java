package io.statehub.sidecar.probe;

import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Observed.primary;
import static io.statehub.sidecar.testing.Observed.standby;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ProcessObservation;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.ScriptedProbe;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProbeRoundTest {

    private final ManualClock clock = new ManualClock();
    private final List<List<Observation>> delivered = new ArrayList<>();
    private Duration lost = Duration.ZERO;
    private final Punctuality punctuality = new Punctuality(() -> lost, Duration.ofMillis(250), clock.now());
    private final List<ProcessObservation> punctual = new ArrayList<>();
    private final ProbeRound round = new ProbeRound(
            List.of(new ScriptedProbe("pg-1"), new ScriptedProbe("pg-2")),
            Deadline.in(Duration.ofSeconds(1), clock),
            punctuality,
            this::delivered);

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
                    assertThat(observation.target()).isEqualTo(new TargetId.Member("pg-2"));
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
        new ProbeRound(List.of(new ScriptedProbe("pg-1")), deadline, punctuality, this::delivered).close();

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
    void silenceInARoundThatThisProcessSleptThroughIsItsOwn() {
        // given an answer and a silence, with the process stopped meanwhile
        round.add(primary("pg-1").at(clock.now()));
        clock.advance(Duration.ofSeconds(90));
        lost = Duration.ofSeconds(89);

        // when
        round.close();

        // then
        assertThat(failure("pg-1")).isEmpty();
        assertThat(failure("pg-2").orElseThrow().kind()).isEqualTo(FailureKind.OWN_DELAY);
        assertThat(failure("pg-2").orElseThrow().detail())
                .isEqualTo("this process did not run for 89000 of the last 90000 ms");
        assertThat(punctual).singleElement().satisfies(process -> {
            assertThat(process.late()).isTrue();
            assertThat(process.lost()).isEqualTo(Duration.ofSeconds(89));
            assertThat(process.took()).isEqualTo(Duration.ofSeconds(90));
        });
    }

    @Test
    void refusalIsAFactHoweverLateThisProcessIs() {
        round.add(failed("pg-1", FailureKind.REFUSED).at(clock.now()));
        clock.advance(Duration.ofSeconds(90));
        lost = Duration.ofSeconds(89);
        round.close();
        assertThat(failure("pg-1").orElseThrow().kind()).isEqualTo(FailureKind.REFUSED);
    }

    @Test
    void connectionThatBrokeWhileThisProcessWasStoppedIsNoFaultOfTheServer() {
        lost = Duration.ofSeconds(1);
        clock.advance(Duration.ofSeconds(2));
        round.add(failed("pg-1", FailureKind.RESET).at(clock.now()));
        round.add(failed("pg-2", FailureKind.SKIPPED).at(clock.now()));
        assertThat(failure("pg-1").orElseThrow().kind()).isEqualTo(FailureKind.OWN_DELAY);
        assertThat(failure("pg-2").orElseThrow().kind()).isEqualTo(FailureKind.OWN_DELAY);
    }

    @Test
    void probeThatNeverGotAThreadWasNotAsked() {
        // given
        round.handedOver();
        clock.advance(Duration.ofSeconds(1));

        // when
        round.close();

        // then
        assertThat(failure("pg-1").orElseThrow().kind()).isEqualTo(FailureKind.OWN_DELAY);
    }

    @Test
    void probeThatGotItsThreadLateWasAskedTooLate() {
        // given
        round.handedOver();
        clock.advance(Duration.ofMillis(300));
        round.started();
        clock.advance(Duration.ofMillis(700));

        // when
        round.close();

        // then
        assertThat(failure("pg-1").orElseThrow().kind()).isEqualTo(FailureKind.OWN_DELAY);
    }

    @Test
    void momentsLostExcuseNobody() {
        lost = Duration.ofMillis(250);
        clock.advance(Duration.ofSeconds(1));
        round.close();
        assertThat(failure("pg-1").orElseThrow().kind()).isEqualTo(FailureKind.TIMED_OUT);
        assertThat(punctual).noneMatch(ProcessObservation::late);
    }

    @Test
    void secondObservationOfOneTargetIsDropped() {
        round.add(primary("pg-1").at(clock.now()));
        round.add(standby("pg-1").at(clock.now()));
        round.close();
        assertThat(delivered.get(0)).hasSize(2);
    }

    private void delivered(List<Observation> observations) {
        for (Observation observation : observations) {
            if (observation instanceof ProcessObservation process) {
                punctual.add(process);
            }
        }
        delivered.add(observations.stream()
                .filter(observation -> !(observation instanceof ProcessObservation))
                .toList());
    }

    private Optional<Failure> failure(String target) {
        return delivered.get(0).stream()
                .filter(observation -> observation.target().label().equals(target))
                .findFirst()
                .orElseThrow()
                .failure();
    }
}
