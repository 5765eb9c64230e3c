package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.testing.ManualClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WriterClaimTest {

    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Optional<Beat> OURS = Optional.of(new Beat("ours", 7));

    private final ManualClock clock = new ManualClock();
    private final WriterClaim claim = new WriterClaim("ours", QUIET);

    private static Optional<Beat> other(long sequence) {
        return Optional.of(new Beat("other", sequence));
    }

    private boolean look(Optional<Beat> row) {
        return claim.look(row, clock.now());
    }

    private void own(Optional<Beat> replacing) {
        assertThat(look(replacing)).isTrue();
        claim.confirm();
    }

    @Test
    void aProcessTakesTheNameOverWhenItStarts() {
        assertThat(claim.mustLook()).isTrue();
        assertThat(look(other(3))).isTrue();
        assertThat(claim.replaceable()).isEqualTo(other(3));

        claim.confirm();
        assertThat(claim.mustLook()).isFalse();
    }

    @Test
    void untilTheFirstBeatIsConfirmedWhateverRowIsThereMayBeReplaced() {
        look(other(3));

        assertThat(look(other(4))).isTrue();
        assertThat(claim.replaceable()).isEqualTo(other(4));
    }

    @Test
    void aRowOfAnotherRunIsLeftAloneWhileItMoves() {
        own(Optional.empty());

        for (int sequence = 1; sequence < 30; sequence++) {
            assertThat(look(other(sequence))).isFalse();
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(claim.mustLook()).isTrue();
    }

    @Test
    void aRowThatHasNotMovedForTheQuietTimeIsTakenOver() {
        own(Optional.empty());

        assertThat(look(other(5))).isFalse();
        clock.advance(QUIET.minusNanos(1));
        assertThat(look(other(5))).isFalse();
        clock.advance(Duration.ofNanos(1));
        assertThat(look(other(5))).isTrue();
        assertThat(claim.replaceable()).isEqualTo(other(5));
    }

    @Test
    void theRowThatWeHadReplacedComesBackByALossyFailoverAndIsTakenOverAtOnce() {
        own(other(3));

        assertThat(look(other(3))).isTrue();
        assertThat(look(other(4))).isFalse();
    }

    @Test
    void anAbsentRowAndOurOwnAreFree() {
        own(other(3));
        look(other(4));

        assertThat(look(Optional.empty())).isTrue();
        assertThat(look(OURS)).isTrue();
        assertThat(claim.mustLook()).isFalse();
    }

    @Test
    void ourOwnRowBeforeItWasConfirmedKeepsWhatWasReplaced() {
        look(other(3));

        assertThat(look(OURS)).isTrue();
        assertThat(claim.replaceable()).isEqualTo(other(3));
    }
}
