package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Senders.asynchronous;
import static io.statehub.sidecar.testing.Senders.sender;
import static io.statehub.sidecar.testing.Telling.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpoExposureTest {

    private static final Duration TOOK = Observed.TOOK;
    private static final Staleness NOTHING_AT_RISK = new Staleness(Duration.ZERO, Optional.of(Duration.ZERO));

    private final Story story = Story.ofThree();

    @ParameterizedTest
    @ValueSource(strings = {"sync", "quorum"})
    void behindAStandbyThatCommitsWaitForNothingIsAtRisk(String syncState) {
        RpoExposure exposure = see(PRIMARY.sendingTo(
                sender("pg-2", "streaming", syncState, OptionalLong.of(500)), asynchronous("pg-3", 9000)));

        assertThat(exposure.synchronous()).isTrue();
        assertThat(exposure.unprotected()).isFalse();
        assertThat(exposure.bytes()).hasValue(0);
        assertThat(exposure.time()).contains(NOTHING_AT_RISK);
    }

    @Test
    void tailIsThatOfTheSlowestStandbyThatIsWaitedFor() {
        RpoExposure exposure = see(PRIMARY.sendingTo(
                sender("pg-2", "streaming", "quorum", OptionalLong.of(500)),
                sender("pg-3", "streaming", "quorum", OptionalLong.of(700)),
                asynchronous("pg-4", 9000)));

        assertThat(exposure.tailBytes()).hasValue(700);
    }

    @Test
    void tailIsNotKnownIfOneThatIsWaitedForDoesNotTell() {
        RpoExposure exposure = see(PRIMARY.sendingTo(
                sender("pg-2", "streaming", "quorum", OptionalLong.of(500)),
                sender("pg-3", "streaming", "quorum", OptionalLong.empty())));

        assertThat(exposure.tailBytes()).isEmpty();
        assertThat(exposure.bytes()).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"catchup", "startup", "stopping"})
    void standbyThatIsWaitedForAndDoesNotStreamProtectsNothing(String state) {
        RpoExposure exposure = see(PRIMARY.sendingTo(sender("pg-2", state, "sync", OptionalLong.of(0))));

        assertThat(exposure.synchronous()).isFalse();
        assertThat(exposure.unprotected()).isTrue();
        assertThat(exposure.bytes()).as("not known, rather than 0").isEmpty();
        assertThat(exposure.time()).isEmpty();
    }

    @Test
    void potentialStandbyIsNotWaitedFor() {
        RpoExposure exposure = see(PRIMARY.sendingTo(sender("pg-2", "streaming", "potential", OptionalLong.of(500))));

        assertThat(exposure.synchronous()).isFalse();
        assertThat(exposure.bytes()).hasValue(500);
        assertThat(exposure.tailBytes()).isEmpty();
    }

    @Test
    void mostAdvancedStandbyTellsWhatIsAtRisk() {
        RpoExposure exposure = see(PRIMARY.sendingTo(
                asynchronous("pg-2", 9000),
                asynchronous("pg-3", 500),
                sender("pg-4", "catchup", "async", OptionalLong.of(0)),
                sender("pg-5", "streaming", "async", OptionalLong.empty())));

        assertThat(exposure.synchronous()).isFalse();
        assertThat(exposure.unprotected()).isFalse();
        assertThat(exposure.bytes()).hasValue(500);
    }

    @Test
    void standbyThatWasToldAfterThePrimaryWroteOnIsNotAheadOfIt() {
        assertThat(see(PRIMARY.sendingTo(asynchronous("pg-2", -8))).bytes()).hasValue(0);
    }

    @Test
    void whoStreamsAndAcknowledgesNothingIsNoStandbyWhateverItsName() {
        RpoExposure exposure = see(PRIMARY.sendingTo(sender("pg-2", "streaming", "async", OptionalLong.empty())));

        assertThat(exposure.unprotected()).isTrue();
        assertThat(exposure.bytes()).isEmpty();
        assertThat(exposure.time()).isEmpty();
    }

    @Test
    void standbyThatIsNoMemberProtectsNothingOfThisCluster() {
        story.next(PRIMARY.sendingTo(asynchronous("elsewhere", 0)), STANDBY.withoutReceiver());
        assertThat(exposure().orElseThrow().unprotected()).isTrue();
    }

    @Test
    void memberThatIsFedUnderItsOwnNameTwiceIsBehindNoStranger() {
        story.next(
                PRIMARY.sendingTo(asynchronous("pg-2", 60), asynchronous("pg-2", 40), asynchronous("elsewhere", 0)),
                STANDBY);
        assertThat(exposure().orElseThrow().bytes()).hasValue(40);
    }

    @Test
    void memberThatStreamsUnderNoNameOfItsOwnMayBeBehindAnySenderThatAcknowledgesSoNothingIsKnown() {
        story.next(PRIMARY.sendingTo(asynchronous("walreceiver", 40)), STANDBY);
        assertThat(exposure()).isEmpty();
    }

    @Test
    void memberIsKnownByItsSlotWhateverTheNameOfItsSender() {
        story.next(PRIMARY.sendingTo(asynchronous("walreceiver", 40).from("slot_2")), STANDBY.streamingFrom("slot_2"));
        assertThat(exposure().orElseThrow().unprotected()).isFalse();
        assertThat(exposure().orElseThrow().bytes()).hasValue(40);
    }

    @Test
    void strangerUnderAMembersNameOnAnotherSlotIsNoStandbyOfThisCluster() {
        story.next(
                PRIMARY.sendingTo(
                        asynchronous("pg-2", 0).from("stranger"),
                        asynchronous("pg-2", 70).from("slot_2")),
                STANDBY.streamingFrom("slot_2"));
        assertThat(exposure().orElseThrow().bytes()).hasValue(70);
    }

    @Test
    void strangersThatFillTheListDoNotShowThatNoMemberStreams() {
        story.next(PRIMARY.sendingTo(asynchronous("elsewhere", 0)).leavingOutSenders(21), STANDBY);
        assertThat(exposure()).isEmpty();
    }

    @Test
    void withoutAStandbyThePrimaryIsUnprotected() {
        RpoExposure exposure = see(PRIMARY);

        assertThat(exposure.unprotected()).isTrue();
        assertThat(exposure.bytes()).isEmpty();
        assertThat(exposure.time()).isEmpty();
        assertThat(exposure.tailBytes()).isEmpty();
    }

    @Test
    void archiveAgeStandsBesideIt() {
        Duration age = Duration.ofSeconds(40);
        var archiver = new RoleState.Archiver(7, 0, false, Optional.empty(), Optional.of(age));

        assertThat(see(PRIMARY.archiving(archiver)).sinceArchived()).contains(age);
        assertThat(see(PRIMARY).sinceArchived()).isEmpty();
    }

    @Test
    void withoutStatisticsNothingIsKnown() {
        story.next(PRIMARY.sendingTo(asynchronous("pg-2", 0)).withoutStatistics());

        assertThat(exposure()).isEmpty();
    }

    @Test
    void withoutAPrimaryInViewNothingIsKnown() {
        assertThat(exposure()).isEmpty();

        story.next(PRIMARY.sendingTo(asynchronous("pg-2", 0)), STANDBY);
        assertThat(exposure()).isPresent();

        story.next(failed("pg-1", FailureKind.REFUSED), STANDBY);
        assertThat(exposure()).isEmpty();
    }

    @Test
    void ofTwoPrimariesThatOfTheYoungerHistoryCounts() {
        story.next(
                PRIMARY.sendingTo(asynchronous("pg-3", 500)),
                Observed.primary("pg-2").onTimeline(2).sendingTo(asynchronous("pg-3", 30)));

        assertThat(exposure().orElseThrow().bytes()).hasValue(30);
    }

    @Test
    void timeAtRiskLiesBetweenTheLooksAtThePrimary() {
        // given: 1000 at 1 s, 2000 at 2 s, 3000 at 3 s, of which the standby has 1000
        story.next(at(1000), received(1000));
        story.next(at(2000), received(1000));

        // when
        story.next(at(3000).sendingTo(asynchronous("pg-2", 2000)), received(1000));

        // then: what is missing was written after the look at 1 s began and, in part, before the one at 2 s ended
        assertThat(time())
                .isEqualTo(new Staleness(
                        SECOND.minus(TOOK), Optional.of(SECOND.multipliedBy(2).plus(TOOK))));
    }

    @Test
    void burstBetweenTheTwoQuestionsOfOneLookIsNotTakenForOldData() {
        // given: idle for a long time
        story.times(100, at(2000), received(2000));

        // when: the primary says 2000, writes 1500 more, and says that 1500 are not flushed
        story.next(at(2000).sendingTo(asynchronous("pg-2", 1500)), received(2000));

        // then: the standby has all that is older than the look
        assertThat(time().atLeast()).isEqualTo(Duration.ZERO);
        assertThat(time().atMost()).as("500 was never seen").isEmpty();
    }

    @Test
    void standbyOutOfViewMayHaveEverything() {
        story.next(at(1000), received(1000));
        story.next(at(2000), received(1000));
        story.next(at(3000).sendingTo(asynchronous("pg-2", 2000), asynchronous("pg-3", 2000)), received(1000));

        assertThat(time())
                .isEqualTo(new Staleness(
                        Duration.ZERO, Optional.of(SECOND.multipliedBy(2).plus(TOOK))));
    }

    @Test
    void leastOfSeveralStandbysCounts() {
        story.next(at(1000), received(1000));
        story.next(at(2000), received(1000));
        ObservedServer further = OTHER.writingAt(new Lsn(2000));
        story.next(at(3000).sendingTo(asynchronous("pg-2", 2000), asynchronous("pg-3", 1000)), received(1000), further);

        assertThat(time()).isEqualTo(new Staleness(Duration.ZERO, Optional.of(SECOND.plus(TOOK))));
    }

    @Test
    void moreThanTheWholeLogIsNoPosition() {
        story.next(at(100).sendingTo(asynchronous("pg-2", 101)));

        assertThat(time().atMost()).isEmpty();
    }

    @Test
    void primaryWithoutATimelineHasNoUpperBound() {
        story.next(PRIMARY.withoutTimeline().sendingTo(asynchronous("pg-2", 0)));

        assertThat(time()).isEqualTo(new Staleness(Duration.ZERO, Optional.empty()));
    }

    private RpoExposure see(ObservedServer primary) {
        story.next(primary, STANDBY, OTHER);
        return exposure().orElseThrow();
    }

    private Optional<RpoExposure> exposure() {
        return RpoExposure.of(story.current().cluster());
    }

    private Staleness time() {
        return exposure().flatMap(RpoExposure::time).orElseThrow();
    }

    private static ObservedServer at(long position) {
        return PRIMARY.writingAt(new Lsn(position));
    }

    private static ObservedServer received(long position) {
        return STANDBY.writingAt(new Lsn(position));
    }
}
