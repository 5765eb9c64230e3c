package io.statehub.sidecar.drill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {

    @ParameterizedTest
    @CsvSource({"0, 1", "0.3, 0.5", "1, 1", "1.1, 2", "10, 10", "26, 50", "51, 100", "4500, 5000", "1048577, 2000000"})
    void anAxisEndsAtTheNextRoundFigure(double most, double top) {
        assertThat(Axis.top(most)).isEqualTo(top);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "700, 1000", "4500, 5120", "1048577, 2097152"})
    void anAxisOfBytesEndsAtARoundFigureInItsUnit(double most, double top) {
        assertThat(Axis.topOfBytes(most)).isEqualTo(top);
    }

    @ParameterizedTest
    @CsvSource({
        "900, 9, 0.1 s",
        "4600, 9, 0.5 s",
        "17000, 8, 2 s",
        "60000, 6, 10 s",
        "600000, 5, 2 min",
        "86400000, 24, 60 min"
    })
    void ticksAreRoundAndFew(long millis, int last, String first) {
        assertThat(Axis.ticks(Duration.ofMillis(millis))).hasSize(last + 1).startsWith(Duration.ZERO);
        assertThat(Axis.said(Axis.ticks(Duration.ofMillis(millis)).get(1))).isEqualTo(first);
    }

    @Test
    void timesAreSaidAsShortAsTheyCanBe() {
        assertThat(Axis.said(Duration.ZERO)).isEqualTo("0 s");
        assertThat(Axis.said(Duration.ofMillis(1500))).isEqualTo("1.5 s");
        assertThat(Axis.said(Duration.ofSeconds(90))).isEqualTo("90 s");
        assertThat(Axis.said(Duration.ofMinutes(2))).isEqualTo("2 min");
    }
}
