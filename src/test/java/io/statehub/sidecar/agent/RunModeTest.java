package io.statehub.sidecar.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunModeTest {

    @Test
    void anArgumentIsACommandToBeDone() {
        assertThat(RunMode.of(new String[] {"failovers", "--json"})).isEqualTo(RunMode.COMMAND);
        assertThat(RunMode.of(new String[] {"failovers"}).watches()).isFalse();
    }

    @Test
    void withoutArgumentsTheProcessWatches() {
        assertThat(RunMode.of(new String[0])).isEqualTo(RunMode.WATCH);
        assertThat(RunMode.of(new String[0]).watches()).isTrue();
    }
}
