package io.statehub.sidecar.exposure.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.exposure.page.RecentHistory.Slot;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RecentHistoryTest {

    private static final Moment START = new Moment(Instant.parse("2026-11-25T12:00:00Z"), Long.MAX_VALUE - 5);
    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    private final RecentHistory history = new RecentHistory();

    private void add(long seconds, OptionalLong lag, long acked, long failed) {
        history.add(START.plus(Duration.ofSeconds(seconds)), Map.of("pg-2", lag), acked, failed, 0);
    }

    @Test
    void aSlotHoldsTheWorstLagAndTheSumsOfHalfAMinute() {
        add(0, OptionalLong.of(10), 1, 0);
        add(10, OptionalLong.of(700), 1, 1);
        add(29, UNKNOWN, 1, 0);
        add(30, OptionalLong.of(5), 1, 0);

        assertThat(history.slots())
                .containsExactly(
                        new Slot(0, Map.of("pg-2", OptionalLong.of(700)), 3, 1, 0),
                        new Slot(1, Map.of("pg-2", OptionalLong.of(5)), 1, 0, 0));
    }

    @Test
    void whatIsOlderThanAnHourIsForgotten() {
        for (int second = 0; second < 3 * 3600; second += 10) {
            add(second, UNKNOWN, 1, 0);
        }

        assertThat(history.slots()).hasSize(RecentHistory.SLOTS);
    }

    @Test
    void aSlotInWhichNothingWasSeenHasNoColumn() {
        add(0, OptionalLong.of(8), 30, 0);
        add(90, UNKNOWN, 30, 0);
        add(120, OptionalLong.of(20), 28, 2);

        List<Slot> slots = history.slots();
        Sparkline lag = Sparkline.lags(slots, 4, 16).get(0);
        Sparkline beats = Sparkline.heartbeats(slots, 4);

        assertThat(lag.summary()).isEqualTo("20 B, worst 20 B, allowed 16 B");
        assertThat(lag.path()).as("4 slots ago, 8 of 20").isEqualTo("M5 24v-9.6h1V24z");
        assertThat(lag.marks()).as("beyond what is allowed").isEqualTo("M9 24v-24.0h1V24z");
        assertThat(lag.bound()).as("16 of 20").isEqualTo("M0 4.8h10");
        assertThat(lag.from()).isEqualTo("−5 min 0 s");
        assertThat(lag.top()).isEqualTo("20 B");
        assertThat(beats.summary()).isEqualTo("88 acknowledged, 2 failed, 0 ambiguous");
        assertThat(beats.path().split("M")).as("two columns").hasSize(3);
        assertThat(beats.marks()).startsWith("M9 24v-22.4");
    }

    @Test
    void noLagAtAllIsDrawnOnTheScaleOfWhatIsAllowed() {
        add(0, OptionalLong.of(0), 0, 0);

        Sparkline lag = Sparkline.lags(history.slots(), 0, 16).get(0);

        assertThat(lag.top()).isEqualTo("16 B");
        assertThat(lag.path()).as("a column of 0 is still seen").isEqualTo("M9 24v-1.0h1V24z");
        assertThat(lag.bound()).isEqualTo("M0 0.0h10");
    }

    @Test
    void aLagThatWasNeverKnownIsNotDrawnAsNone() {
        add(0, UNKNOWN, 0, 0);

        Sparkline lag = Sparkline.lags(history.slots(), 0, 16).get(0);

        assertThat(lag.summary()).isEqualTo("unknown for all of this time");
        assertThat(lag.path() + lag.marks()).isEmpty();
        assertThat(Sparkline.heartbeats(history.slots(), 0).summary()).isEqualTo("none written by this sidecar");
    }
}
