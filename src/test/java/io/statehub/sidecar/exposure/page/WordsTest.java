package io.statehub.sidecar.exposure.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.assessment.Staleness;
import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.Count;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void lowerBoundsAreRoundedDownAndUpperOnesUp() {
        assertThat(Words.bounds(new Bounds(Duration.ofMillis(1299), Optional.of(Duration.ofMillis(1301)))))
                .isEqualTo("1.2 to 1.4 s");
    }

    @Test
    void whatNothingBoundsIsAtLeast() {
        assertThat(Words.bounds(new Bounds(Duration.ofMillis(1299), Optional.empty())))
                .isEqualTo("at least 1.2 s");
        assertThat(Words.count(Optional.of(new Count(3, OptionalLong.empty())))).isEqualTo("at least 3");
        assertThat(Words.count(Optional.of(new Count(3, OptionalLong.of(5))))).isEqualTo("3 to 5");
        assertThat(Words.count(Optional.of(new Count(0, OptionalLong.of(0))))).isEqualTo("0");
    }

    @Test
    void whatIsNotKnownIsNotNothing() {
        assertThat(Words.bytes(OptionalLong.empty())).isEqualTo("unknown");
        assertThat(Words.staleness(Optional.empty())).isEqualTo("unknown");
        assertThat(Words.count(Optional.empty())).isEqualTo("unknown");
        assertThat(Words.staleness(Optional.of(new Staleness(Duration.ZERO, Optional.of(Duration.ofSeconds(1))))))
                .isEqualTo("0.0 to 1.0 s");
    }
}
