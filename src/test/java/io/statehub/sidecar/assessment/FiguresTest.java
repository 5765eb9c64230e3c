package io.statehub.sidecar.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "-1536, -1.5 KiB",
        "1048576, 1.0 MiB",
        "9223372036854775807, 8.0 EiB",
        "-9223372036854775808, -8.0 EiB"
    })
    void bytesAreOfTheLargestUnitThatLeavesOne(long bytes, String shown) {
        assertThat(Figures.bytes(bytes)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"PT59M59S, 0 h 59 min", "PT23H59M59S, 23 h 59 min", "P1D, 1 d 0 h", "P2DT3H4M, 2 d 3 h"})
    void anAgeHasHoursAndFromADayOnDays(Duration age, String shown) {
        assertThat(Figures.age(age)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "PT-1S, 0 s",
        "PT59.9S, 59 s",
        "PT1M, 1 min 0 s",
        "PT59M59S, 59 min 59 s",
        "PT1H, 1 h 0 min",
        "P2DT3H4M, 2 d 3 h"
    })
    void whatHasLastedHasItsTwoLargestUnits(Duration lasted, String shown) {
        assertThat(Figures.lasted(lasted)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0:00", "PT65.9S, 1:05", "PT59M59S, 59:59", "PT1H, 1:00:00", "PT26H3M4S, 26:03:04", "PT-1S, 0:00"
    })
    void aClockHasMinutesAndFromAnHourOnHours(Duration elapsed, String clock) {
        assertThat(Figures.clock(elapsed)).isEqualTo(clock);
    }
}
