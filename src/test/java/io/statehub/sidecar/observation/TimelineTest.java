package io.statehub.sidecar.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TimelineTest {

    @Test
    void higherNumberIsTheYoungerHistory() {
        assertThat(new Timeline(10)).isGreaterThan(new Timeline(9)).hasToString("10");
    }

    @Test
    void thereIsNoTimelineZero() {
        assertThatThrownBy(() -> new Timeline(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeline 0 is below 1");
    }
}
