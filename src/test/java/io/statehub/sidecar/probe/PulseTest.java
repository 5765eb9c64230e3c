package io.statehub.sidecar.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {

    private final ManualClock clock = new ManualClock();
    private final Pulse pulse = new Pulse(clock);

    @Test
    void pulseThatBeatsInTimeLosesNothing() {
        for (int i = 0; i < 100; i++) {
            beatAfter(25 + i % 25);
        }
        assertThat(pulse.lost()).isZero();
    }

    @Test
    void pauseIsSeenBeforeTheNextBeatAndCountedOnce() {
        clock.advance(Duration.ofSeconds(90));
        assertThat(pulse.lost()).isEqualTo(Duration.ofMillis(89_975));
        pulse.beat();
        assertThat(pulse.lost()).isEqualTo(Duration.ofMillis(89_975));
    }

    @Test
    void processThatRunsATenthOfTheTimeLosesMostOfIt() {
        // given stopped for 90 ms of each 100 ms
        for (int i = 0; i < 100; i++) {
            beatAfter(90);
            beatAfter(10);
        }

        // then of the 10 s
        assertThat(pulse.lost()).isEqualTo(Duration.ofMillis(6_500));
    }

    @Test
    void wallClockThatIsSetLosesNothing() {
        clock.wallClockJumps(Duration.ofHours(1));
        assertThat(pulse.lost()).isZero();
    }

    private void beatAfter(long millis) {
        clock.advance(Duration.ofMillis(millis));
        pulse.beat();
    }
}
