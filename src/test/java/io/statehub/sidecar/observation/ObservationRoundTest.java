package io.statehub.sidecar.observation;

import static io.statehub.sidecar.testing.Observed.answered;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Observed.primary;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Sighting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservationRoundTest {

    private final ManualClock clock = new ManualClock();
    private final ObservationRound nothing = ObservationRound.none(clock.now(), List.of("pg-1", "pg-2"));

    @Test
    void nothingIsKnownToBeginWith() {
        assertThat(nothing.complete()).isFalse();
        assertThat(nothing.of(member("pg-1"))).isEmpty();
        assertThat(nothing.of(TargetId.Part.WRITE_ENDPOINT)).isEmpty();
        assertThat(nothing.of(ApiCheck.LIVENESS.target())).isEmpty();
        assertThat(nothing.of(member("no such target"))).isEmpty();
    }

    @Test
    void newerObservationReplacesTheOlderOfItsTargetAndNoOther() {
        // given
        ObservationRound first = with(nothing, primary("pg-1"), failed("pg-2", FailureKind.REFUSED));
        clock.advance(Duration.ofSeconds(1));

        // when
        ObservationRound second = with(first, failed("pg-1", FailureKind.TIMED_OUT));

        // then
        assertThat(second.at()).isEqualTo(clock.now());
        assertThat(second.of(member("pg-1")).orElseThrow().failure())
                .map(Failure::kind)
                .contains(FailureKind.TIMED_OUT);
        assertThat(second.of(member("pg-2"))).isEqualTo(first.of(member("pg-2")));
        assertThat(first.of(member("pg-1")).orElseThrow().failure())
                .as("the first round is not touched")
                .isEmpty();
    }

    @Test
    void memberThatIsNotConfiguredIsLeftOut() {
        assertThat(with(nothing, primary("pg-9")).of(member("pg-9"))).isEmpty();
    }

    @Test
    void roundIsCompleteOnceEveryTargetWasTriedWhateverWasFound() {
        // given
        ObservationRound almost = with(
                nothing,
                failed("pg-1", FailureKind.REFUSED),
                failed("pg-2", FailureKind.REFUSED),
                endpointTo(primary("pg-1")),
                answered(ApiCheck.LIVENESS));
        assertThat(almost.complete()).isFalse();

        // then
        assertThat(with(almost, failed(ApiCheck.READINESS, FailureKind.BAD_STATUS))
                        .complete())
                .isTrue();
    }

    @Test
    void aMemberIsNotTakenForThePartOfItsName() {
        ObservationRound round = with(nothing, endpointTo(primary("pg-1")));

        assertThat(round.of(TargetId.Part.WRITE_ENDPOINT)).isPresent();
        assertThat(round.of(member("write-endpoint"))).isEmpty();
    }

    private static TargetId member(String name) {
        return new TargetId.Member(name);
    }

    private ObservationRound with(ObservationRound round, Sighting... seen) {
        return round.with(clock.now(), Sighting.all(clock.now(), seen));
    }
}
