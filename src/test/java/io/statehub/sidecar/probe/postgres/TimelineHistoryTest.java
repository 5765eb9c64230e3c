package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.Timeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineHistoryTest {

    @Test
    void theFileIsNamedByTheTimelineInHexadecimal() {
        assertThat(TimelineHistory.path(new Timeline(2))).isEqualTo("pg_wal/00000002.history");
        assertThat(TimelineHistory.path(new Timeline(0xABCDEF01L))).isEqualTo("pg_wal/ABCDEF01.history");
    }

    @Test
    void theForkIsOnTheLastLine() {
        assertThat(TimelineHistory.fork("""
                        1\t0/3000148\tno recovery target specified

                        2\t1/A0\tbefore 2026-03-01 12:00:00+00
                        # a comment

                        """)).contains(Lsn.parse("1/A0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing", "1", "1\tnowhere\treason"})
    void aFileThatDoesNotTellGivesNoFork(String text) {
        assertThat(TimelineHistory.fork(text)).isEmpty();
    }
}
