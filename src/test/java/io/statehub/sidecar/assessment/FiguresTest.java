package io.statehub.sidecar.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({"PT0S, 0:00", "PT65.9S, 1:05", "PT59M59S, 59:59", "PT1H, 1:00:00", "PT26H3M4S, 26:03:04", "PT-1S, 0:00"
    })
    void aClockHasMinutesAndFromAnHourOnHours(Duration elapsed, String clock) {
        assertThat(Figures.clock(elapsed)).isEqualTo(clock);
    }
}
