package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SentBeatsTest {

    private final ManualClock clock = new ManualClock();
    private final SentBeats sent = new SentBeats();

    @Test
    void anAttemptThatIsGivenUpTellsTheBeatThatItHadSent() {
        Moment begun = clock.now();
        assertThat(sent.send(begun, new Beat("a", 1))).isTrue();

        assertThat(sent.giveUp(begun)).contains(new Beat("a", 1));
    }

    @Test
    void anAttemptThatIsGivenUpBeforeItHasSentNeverSends() {
        Moment begun = clock.now();

        assertThat(sent.giveUp(begun)).isEmpty();
        assertThat(sent.send(begun, new Beat("a", 1))).isFalse();
    }

    @Test
    void aBeatThatWasGivenUpIsToldOnce() {
        Moment begun = clock.now();
        sent.send(begun, new Beat("a", 1));
        assertThat(sent.wasGivenUp()).isFalse();

        sent.giveUp(begun);
        assertThat(sent.wasGivenUp()).isTrue();
        assertThat(sent.wasGivenUp()).isFalse();
    }

    @Test
    void aLaterAttemptSendsAndDoesNotTellTheBeatOfAnEarlierOne() {
        sent.send(clock.now(), new Beat("a", 1));
        clock.advance(Duration.ofSeconds(2));
        Moment later = clock.now();

        assertThat(sent.giveUp(later)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(sent.send(clock.now(), new Beat("a", 2))).isTrue();
    }
}
