package io.statehub.sidecar.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statehub.sidecar.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private final ManualClock clock = new ManualClock();
    private final Deadline deadline = Deadline.in(Duration.ofSeconds(2), clock);

    @Test
    void whatIsLeftGoesDownWithTime() {
        clock.advance(Duration.ofMillis(500));
        assertThat(deadline.elapsed()).isEqualTo(Duration.ofMillis(500));
        assertThat(deadline.remaining()).isEqualTo(Duration.ofMillis(1500));
        assertThat(deadline.expired()).isFalse();
    }

    @Test
    void whatIsLeftIsNeverNegative() {
        clock.advance(Duration.ofSeconds(3));
        assertThat(deadline.remaining()).isZero();
        assertThat(deadline.expired()).isTrue();
    }

    @Test
    void deadlineExpiresAtItsMoment() {
        clock.advance(Duration.ofSeconds(2));
        assertThat(deadline.expired()).isTrue();
    }

    @Test
    void wallClockThatIsSetMovesNoDeadline() {
        clock.wallClockJumps(Duration.ofHours(1));
        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void deadlineIsNoLongerThanTheInterval() {
        assertThatThrownBy(() -> new Cadence(Duration.ofSeconds(1), Duration.ofSeconds(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("deadline PT2S is longer than the interval PT1S");
    }
}
