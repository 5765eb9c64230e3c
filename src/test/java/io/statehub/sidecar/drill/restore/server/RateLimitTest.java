package io.statehub.sidecar.drill.restore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.ManualClock;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final ManualClock clock = new ManualClock();

    @Test
    void withoutALimitNobodyWaits() {
        assertThat(new RateLimit(OptionalLong.empty(), clock).after(1L << 40)).isZero();
    }

    @Test
    void whoReadsFasterThanAllowedWaitsUntilItIsPaidFor() {
        RateLimit limit = new RateLimit(OptionalLong.of(1000), clock);
        clock.advance(Duration.ofSeconds(10));

        assertThat(limit.after(500)).isZero();
        assertThat(limit.after(500)).isEqualTo(Duration.ofMillis(500));
        assertThat(limit.after(500)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatIsNotUsedIsNotSavedUp() {
        RateLimit limit = new RateLimit(OptionalLong.of(1000), clock);
        clock.advance(Duration.ofHours(1));

        assertThat(limit.after(1000)).isZero();
        assertThat(limit.after(1000)).isEqualTo(Duration.ofSeconds(1));
    }
}
