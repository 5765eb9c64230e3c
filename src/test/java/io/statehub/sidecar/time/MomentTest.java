package io.statehub.sidecar.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MomentTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void wallClockThatIsSetChangesNoDuration() {
        // given
        ManualClock clock = new ManualClock();
        Moment before = clock.now();

        // when
        clock.wallClockJumps(Duration.ofHours(-3));
        clock.advance(Duration.ofSeconds(2));

        // then
        Moment after = clock.now();
        assertThat(after.since(before)).isEqualTo(Duration.ofSeconds(2));
        assertThat(after.isAfter(before)).isTrue();
        assertThat(after.wallClock()).isBefore(before.wallClock());
    }

    @Test
    void monotonicReadingMayOverflow() {
        // given
        Moment before = new Moment(NOON, Long.MAX_VALUE - 1);

        // when
        Moment after = before.plus(Duration.ofNanos(5));

        // then
        assertThat(after.nanos()).isNegative();
        assertThat(after.since(before)).isEqualTo(Duration.ofNanos(5));
        assertThat(before.since(after)).isEqualTo(Duration.ofNanos(-5));
        assertThat(after.isAfter(before)).isTrue();
        assertThat(before.isAfter(after)).isFalse();
    }

    @Test
    void momentIsNotAfterItself() {
        Moment moment = new Moment(NOON, 42);
        assertThat(moment.isAfter(moment)).isFalse();
        assertThat(moment.since(moment)).isZero();
    }
}
