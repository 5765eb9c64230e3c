package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.testing.ManualClock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommitWaitsTest {

    private final ManualClock clock = new ManualClock();
    private final CommitWaits waits = new CommitWaits();

    @Test
    void commitThatIsSeenAgainHasWaitedSinceItWasSeenFirst() {
        assertThat(look("1@10").longest()).contains(Duration.ZERO);
        clock.advance(Duration.ofSeconds(5));
        assertThat(look("2@14", "1@10").longest()).contains(Duration.ofSeconds(5));
    }

    @Test
    void sessionThatCommitsAgainAndAgainHasWaitedForNoneOfThemLong() {
        look("1@10");
        clock.advance(Duration.ofSeconds(5));
        assertThat(look("1@15").longest()).contains(Duration.ZERO);
        clock.advance(Duration.ofSeconds(1));
        assertThat(look().longest()).isEmpty();
    }

    private RoleState.CommitWait look(String... waiters) {
        return waits.seen(
                new PrimaryPart.Answer(Optional.empty(), "", true, waiters.length, Set.of(waiters)), clock.now());
    }
}
