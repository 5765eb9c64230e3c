package io.statehub.sidecar.cli.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.drill.restore.server.ReadingProgress.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTextTest {

    @Test
    void rateAndTimeLeftFollowFromWhatWasRead() {
        Stage stage = new Stage(40, 12, 4L << 30, 1L << 30, 3_200_000);

        assertThat(ProgressText.of(stage, Duration.ofSeconds(8)))
                .isEqualTo(
                        "12 of 40 tables, 1.0 GiB of 4.0 GiB (25 %), 3,200,000 rows, 400,000 rows/s, about 24 s left");
    }

    @Test
    void whereMoreIsReadThanWasEstimatedNothingIsSaidOfWhatIsLeft() {
        assertThat(ProgressText.of(new Stage(2, 1, 100, 8192, 5), Duration.ofSeconds(1)))
                .isEqualTo("1 of 2 tables, 8.0 KiB, 5 rows, 5 rows/s");
    }

    @Test
    void nothingYetIsNoDivisionByZero() {
        assertThat(ProgressText.of(new Stage(0, 0, 0, 0, 0), Duration.ZERO))
                .isEqualTo("0 of 0 tables, 0 B, 0 rows, 0 rows/s");
    }
}
