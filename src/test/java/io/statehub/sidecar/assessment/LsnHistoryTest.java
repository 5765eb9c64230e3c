package io.statehub.sidecar.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LsnHistoryTest {

    private static final SystemIdentifier SYSTEM = new SystemIdentifier(1);
    private static final Timeline TIMELINE = new Timeline(1);
    private static final Instant STARTED = Instant.EPOCH;

    private final ManualClock clock = new ManualClock();
    private final Moment start = clock.now();

    @Test
    void nothingIsKnownOfAnEmptyHistory() {
        assertThat(staleness(LsnHistory.empty(), 100)).isEmpty();
    }

    @Test
    void standbyThatHasAllThatThePrimaryWasSeenToWriteMayMissNothing() {
        // given
        LsnHistory history = written(LsnHistory.empty(), 100);

        // when
        clock.advance(Duration.ofSeconds(3));

        // then
        assertThat(staleness(history, 100)).contains(between(0, 3));
        assertThat(staleness(history, 200))
                .as("asked after the primary wrote on")
                .contains(between(0, 3));
    }

    @Test
    void whatIsMissingWasWrittenBetweenTwoLooks() {
        // given: 100 at 0 s and 2 s, 200 at 3 s, now 5 s
        LsnHistory history = written(LsnHistory.empty(), 100);
        clock.advance(Duration.ofSeconds(2));
        history = written(history, 100);
        clock.advance(Duration.ofSeconds(1));
        history = written(history, 200);
        clock.advance(Duration.ofSeconds(2));

        // then
        assertThat(staleness(history, 100)).contains(between(2, 3));
        assertThat(staleness(history, 199)).contains(between(2, 3));
        assertThat(staleness(history, 200)).contains(between(0, 2));
    }

    @Test
    void dataOlderThanWhatIsRememberedHasNoUpperBound() {
        // given
        LsnHistory history = written(LsnHistory.empty(), 100);
        clock.advance(Duration.ofSeconds(4));

        // then
        assertThat(staleness(history, 99)).contains(new Staleness(Duration.ofSeconds(4), Optional.empty()));
    }

    @Test
    void idlePrimaryKeepsItsStandbysFresh() {
        // given
        LsnHistory history = LsnHistory.empty();
        for (int i = 0; i < 2 * LsnHistory.CAPACITY; i++) {
            history = written(history, 100);
            clock.advance(Duration.ofSeconds(1));
        }

        // then: one stay, so the first look is not forgotten either
        assertThat(staleness(history, 100)).contains(between(0, 1));
        assertThat(staleness(history, 99).orElseThrow().atLeast())
                .isEqualTo(Duration.ofSeconds(2L * LsnHistory.CAPACITY));
    }

    @Test
    void frozenPrimaryLetsItsStandbysAge() {
        LsnHistory history = written(LsnHistory.empty(), 100);
        clock.advance(Duration.ofMinutes(9));
        assertThat(staleness(history, 100)).contains(between(0, 540));
    }

    @Test
    void onlySoManyLooksAreRememberedAndTheRestHasNoUpperBound() {
        // given: one byte a second
        LsnHistory history = LsnHistory.empty();
        for (int i = 0; i <= LsnHistory.CAPACITY; i++) {
            history = written(history, 100 + i);
            clock.advance(Duration.ofSeconds(1));
        }

        // then: 100 was forgotten, 101 is the oldest
        assertThat(staleness(history, 101)).contains(between(LsnHistory.CAPACITY - 1, LsnHistory.CAPACITY));
        assertThat(staleness(history, 100))
                .contains(new Staleness(Duration.ofSeconds(LsnHistory.CAPACITY), Optional.empty()));
    }

    @Test
    void newTimelineBeginsANewHistory() {
        // given
        LsnHistory before = written(LsnHistory.empty(), 100);
        clock.advance(Duration.ofSeconds(5));

        // when
        LsnHistory after = before.seen(writer(SYSTEM, new Timeline(2), 50), false, clock.now(), clock.now());

        // then
        assertThat(after.isNumbered(writer(SYSTEM, TIMELINE, 100))).isFalse();
        assertThat(after.staleness(new Lsn(100), clock.now(), clock.now()))
                .as("the first look at the new one")
                .contains(between(0, 0));
    }

    @Test
    void anotherClusterBeginsANewHistory() {
        LsnHistory before = written(LsnHistory.empty(), 100);
        LsnHistory after = before.seen(writer(new SystemIdentifier(2), TIMELINE, 100), false, clock.now(), clock.now());
        assertThat(after.isNumbered(writer(SYSTEM, TIMELINE, 100))).isFalse();
        assertThat(after.size()).isEqualTo(1);
    }

    @Test
    void anotherRunOfAServerOnTheSameNumberBeginsANewHistory() {
        LsnHistory before = written(LsnHistory.empty(), 100).followedBy(Set.of("pg-2"));
        clock.advance(Duration.ofSeconds(5));
        ServerIdentity other =
                new ServerIdentity(SYSTEM, Optional.of(TIMELINE), Optional.of(new Lsn(90)), STARTED.plusSeconds(60));

        LsnHistory after = before.seen(other, true, clock.now(), clock.now());

        assertThat(after.followers()).isEmpty();
        assertThat(after.shared()).isTrue();
        assertThat(after.size()).isEqualTo(1);
        assertThat(after.isOf(other)).isTrue();
        assertThat(before.isOf(other)).isFalse();
    }

    @Test
    void lookThatIsNoNewerThanTheNewestAddsNothing() {
        LsnHistory history = written(LsnHistory.empty(), 100);
        assertThat(history.seen(writer(SYSTEM, TIMELINE, 200), false, start, start)
                        .size())
                .isEqualTo(1);
    }

    @Test
    void positionThatGoesBackAddsNothing() {
        LsnHistory history = written(LsnHistory.empty(), 100);
        clock.advance(Duration.ofSeconds(1));
        assertThat(written(history, 99).size()).isEqualTo(1);
        assertThat(staleness(written(history, 99), 99).orElseThrow().atMost())
                .as("before all that is remembered")
                .isEmpty();
    }

    @Test
    void standbySeenJustBeforeThePrimaryIsFreshNotFromTheFuture() {
        // given
        clock.advance(Duration.ofSeconds(1));
        LsnHistory history = written(LsnHistory.empty(), 100);

        // then
        assertThat(history.staleness(new Lsn(100), start, start)).contains(between(0, 0));
        assertThat(history.staleness(new Lsn(99), start, start).orElseThrow().atLeast())
                .isZero();
    }

    @Test
    void positionsCompareUnsignedHereToo() {
        // given
        LsnHistory history = written(LsnHistory.empty(), Long.MAX_VALUE);
        clock.advance(Duration.ofSeconds(1));
        history = written(history, Long.MIN_VALUE);
        clock.advance(Duration.ofSeconds(1));

        // then
        assertThat(staleness(history, Long.MAX_VALUE)).contains(between(1, 2));
    }

    private static ServerIdentity writer(SystemIdentifier system, Timeline timeline, long position) {
        return new ServerIdentity(system, Optional.of(timeline), Optional.of(new Lsn(position)), STARTED);
    }

    private LsnHistory written(LsnHistory history, long position) {
        return history.seen(writer(SYSTEM, TIMELINE, position), false, clock.now(), clock.now());
    }

    private Optional<Staleness> staleness(LsnHistory history, long replayed) {
        return history.staleness(new Lsn(replayed), clock.now(), clock.now());
    }

    private static Staleness between(long atLeast, long atMost) {
        return new Staleness(Duration.ofSeconds(atLeast), Optional.of(Duration.ofSeconds(atMost)));
    }

    @Test
    void boundsAllowForTheTimeThatTheProbesTook() {
        Moment asked = clock.now();
        Moment known = asked.plus(Duration.ofMillis(300));
        LsnHistory history = LsnHistory.empty()
                .seen(writer(SYSTEM, TIMELINE, 100), false, asked, known)
                .seen(
                        writer(SYSTEM, TIMELINE, 200),
                        false,
                        asked.plus(Duration.ofSeconds(1)),
                        known.plus(Duration.ofSeconds(1)));
        Moment standbyAsked = asked.plus(Duration.ofSeconds(5));
        Moment standbyKnown = known.plus(Duration.ofSeconds(5));

        Staleness staleness =
                history.staleness(new Lsn(100), standbyAsked, standbyKnown).orElseThrow();

        assertThat(staleness.atLeast()).isEqualTo(Duration.ofMillis(3700));
        assertThat(staleness.atMost()).contains(Duration.ofMillis(5300));
    }
}
