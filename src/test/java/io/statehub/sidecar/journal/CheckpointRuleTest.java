package io.statehub.sidecar.journal;

import static io.statehub.sidecar.testing.Members.NO_BEAT;
import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.Chronicle;
import io.statehub.sidecar.testing.Observed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckpointRuleTest {

    private final CheckpointRule rule = new CheckpointRule();

    private boolean due(Chronicle chronicle, Duration after) {
        return rule.due(chronicle.tracking(), chronicle.now().plus(after));
    }

    @Test
    void theFirstIsDueAtOnce() {
        assertThat(due(Chronicle.steady(), Duration.ZERO)).isTrue();
    }

    @Test
    void inQuietTimesOneAMinuteIsEnough() {
        Chronicle chronicle = Chronicle.steady();
        rule.written(chronicle.tracking(), chronicle.now());
        chronicle.look(PRIMARY, STANDBY, OTHER);

        assertThat(due(chronicle, CheckpointRule.IN_QUIET.minusSeconds(2))).isFalse();
        assertThat(due(chronicle, CheckpointRule.IN_QUIET)).isTrue();
    }

    @Test
    void whatHasNotChangedIsNotWrittenAgain() {
        Chronicle chronicle = Chronicle.steady();
        rule.written(chronicle.tracking(), chronicle.now());

        assertThat(due(chronicle, Duration.ofDays(1))).isFalse();
    }

    @Test
    void whileWritesAreInQuestionEveryBeatCountsButNotMoreOftenThanOnceASecond() {
        Chronicle chronicle = Incidents.inTrouble();
        rule.written(chronicle.tracking(), chronicle.now());
        chronicle.beat(NO_BEAT);
        assertThat(due(chronicle, Duration.ofSeconds(1))).isFalse();

        rule.written(chronicle.tracking(), chronicle.now());
        chronicle.beat(Observed.acked(PRIMARY, 4));
        assertThat(due(chronicle, Duration.ZERO)).isFalse();
        assertThat(due(chronicle, CheckpointRule.BETWEEN_BEATS)).isTrue();
    }

    @Test
    void whileWritesAreInQuestionNoMoreThanSomeSecondsAreMissed() {
        Chronicle chronicle = Incidents.inTrouble();
        rule.written(chronicle.tracking(), chronicle.now());
        chronicle.beat(NO_BEAT);

        assertThat(due(chronicle, CheckpointRule.IN_TROUBLE)).isTrue();
    }
}
