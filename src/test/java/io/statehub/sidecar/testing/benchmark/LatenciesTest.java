package io.statehub.sidecar.testing.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private static final long MILLI = 1_000_000;

    @Test
    void percentilesAreDurationsThatOccurred() {
        Latencies hundred =
                new Latencies(LongStream.rangeClosed(1, 100).map(n -> n * MILLI).toArray());
        assertThat(hundred.percentileMillis(50)).isEqualTo(50);
        assertThat(hundred.percentileMillis(99)).isEqualTo(99);
        assertThat(hundred.minMillis()).isEqualTo(1);
        assertThat(hundred.maxMillis()).isEqualTo(100);
    }

    @Test
    void theHighestOfAFewIsTheirNinetyNinthPercentile() {
        assertThat(new Latencies(new long[] {3 * MILLI, MILLI, 2 * MILLI}).percentileMillis(99))
                .isEqualTo(3);
    }

    @Test
    void partsCountTogether() {
        Latencies together = Latencies.together(
                List.of(new Latencies(new long[] {5 * MILLI}), new Latencies(new long[] {MILLI, 3 * MILLI})));
        assertThat(together.count()).isEqualTo(3);
        assertThat(together.percentileMillis(50)).isEqualTo(3);
        assertThat(together.perSecond(Duration.ofSeconds(2))).isEqualTo(1.5);
    }

    @Test
    void nothingMeasuredIsNoFigure() {
        assertThatThrownBy(() -> new Latencies(new long[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
