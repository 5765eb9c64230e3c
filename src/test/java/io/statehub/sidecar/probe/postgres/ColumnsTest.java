package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of a server that have a place in ours, and those that have none. */
class ColumnsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-12840, -12840",
        "4096.99, 4096",
        "1e3, 1000",
        "1e-999999999, 0",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808"
    })
    void aWholeNumberIsWhatItIs(BigDecimal told, long whole) {
        assertThat(Columns.whole(told)).isEqualTo(whole);
    }

    /** The last one would take a gigabyte to write out. */
    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "1e20", "1e999999999"})
    @Timeout(10)
    void whatHasNoPlaceInSixtyFourBitsIsNotAnotherNumber(String told) {
        BigDecimal number = new BigDecimal(told);

        assertThatThrownBy(() -> Columns.whole(number)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void aDurationThatIsTooLongIsNotAShorterOne() {
        assertThat(Columns.duration(new BigDecimal("0.25"))).isEqualTo(Duration.ofMillis(250));
        assertThat(Columns.duration(new BigDecimal("-3600"))).isEqualTo(Duration.ofHours(-1));
        BigDecimal tooLong = new BigDecimal("9300000000");
        assertThatThrownBy(() -> Columns.duration(tooLong)).isInstanceOf(ArithmeticException.class);
    }
}
