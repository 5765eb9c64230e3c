package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Observed.primary;
import static io.statehub.sidecar.testing.Senders.asynchronous;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.WalSender;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Sighting;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ClusterViewTest {

    private static final long FOREIGN = 42;

    @Test
    void soundClusterIsOnePrimaryWithTwoStreamingStandbys() {
        ClusterView view = see(PRIMARY, STANDBY, OTHER, endpointTo(PRIMARY));
        assertThat(view.primary()).map(MemberView::name).contains("pg-1");
        assertThat(view.streamingStandbys()).extracting(MemberView::name).containsExactly("pg-2", "pg-3");
        assertThat(view.routedTo()).contains("pg-1");
        assertThat(view.systemIdentifier()).contains(ObservedServer.SYSTEM);
    }

    @Test
    void onTwoPrimariesTheHigherTimelineComesFirst() {
        ClusterView view =
                see(PRIMARY, primary("pg-2").onTimeline(3), primary("pg-3").onTimeline(2));
        assertThat(view.primaries()).extracting(MemberView::name).containsExactly("pg-2", "pg-3", "pg-1");
        assertThat(view.primary()).map(MemberView::name).contains("pg-2");
    }

    @Test
    void primaryWithoutATimelineComesLast() {
        ClusterView view = see(primary("pg-1").withoutTimeline(), primary("pg-2"), OTHER);
        assertThat(view.primaries()).extracting(MemberView::name).containsExactly("pg-2", "pg-1");
    }

    @Test
    void endpointDecidesWhichClusterThisIsEvenAgainstMostMembers() {
        // given
        ObservedServer ours = PRIMARY.ofSystem(FOREIGN);

        // when
        ClusterView view = see(ours, STANDBY, OTHER, endpointTo(ours));

        // then
        assertThat(view.systemIdentifier()).contains(new SystemIdentifier(FOREIGN));
        assertThat(view.streamingStandbys()).isEmpty();
    }

    @Test
    void withoutTheEndpointMostMembersDecide() {
        ClusterView view = see(primary("pg-1").ofSystem(FOREIGN), primary("pg-2"), OTHER);
        assertThat(view.systemIdentifier()).contains(ObservedServer.SYSTEM);
        assertThat(view.primaries()).extracting(MemberView::name).containsExactly("pg-2");
        assertThat(view.belongs(view.members().get(0))).isFalse();
    }

    @Test
    void withATieNoneIsWrong() {
        ClusterView view = see(PRIMARY, STANDBY.ofSystem(FOREIGN));
        assertThat(view.systemIdentifier()).isEmpty();
        assertThat(view.members()).allMatch(view::belongs);
    }

    @Test
    void endpointThatLeadsToAServerThatIsNoMemberIsRoutedToNone() {
        assertThat(see(PRIMARY, STANDBY, endpointTo(primary("pg-9"))).routedTo())
                .isEmpty();
    }

    @Test
    void endpointThatDoesNotAnswerIsRoutedToNone() {
        assertThat(see(PRIMARY, STANDBY).routedTo()).isEmpty();
    }

    @Test
    void standbyIsJoinedToItsSenderByApplicationNameOnWhicheverMember() {
        // given a cascade: pg-1 to pg-2 to pg-3
        WalSender toSecond = asynchronous("pg-2");
        WalSender toThird = asynchronous("pg-3");

        // when
        ClusterView view = see(PRIMARY.sendingTo(toSecond), STANDBY.sendingTo(toThird), OTHER);

        // then
        assertThat(view.streams().senderTo(view.members().get(1))).contains(toSecond);
        assertThat(view.streams().senderTo(view.members().get(2))).contains(toThird);
        assertThat(view.streams().senderTo(view.members().get(0))).isEmpty();
    }

    @Test
    void bytesBehindAreCountedFromThePrimaryThroughACascade() {
        ClusterView view = see(
                PRIMARY.writingAt(new Lsn(1000)),
                STANDBY.replayed(new Lsn(900)),
                OTHER.replayed(new Lsn(700)).behindUpstreamBy(200));
        assertThat(behind(view, 1)).hasValue(100);
        assertThat(behind(view, 2)).hasValue(300);
    }

    @Test
    void nameAloneDecidesNothingWhereTheSlotsDiffer() {
        WalSender stranger = asynchronous("pg-2").from("another");
        ClusterView view = see(PRIMARY.sendingTo(stranger), STANDBY.streamingFrom("slot_2"), OTHER);
        assertThat(view.streams().senderTo(view.members().get(1))).isEmpty();

        WalSender own = asynchronous("walreceiver").from("slot_2");
        ClusterView both = see(PRIMARY.sendingTo(stranger, own), STANDBY.streamingFrom("slot_2"), OTHER);
        assertThat(both.streams().senderTo(both.members().get(1))).contains(own);

        ClusterView without = see(PRIMARY.sendingTo(stranger), STANDBY, OTHER);
        assertThat(without.streams().senderTo(without.members().get(1)))
                .as("a member that streams from no slot")
                .isEmpty();
    }

    @Test
    void twoSendersOfOneNameAreNobodys() {
        ClusterView view = see(PRIMARY.sendingTo(asynchronous("pg-2"), asynchronous("pg-2")), STANDBY, OTHER);
        assertThat(view.streams().senderTo(view.members().get(1))).isEmpty();
    }

    /**
     * pg-1 leads on timeline 7 for a moment, pg-3 follows it; pg-2 never hears of it and begins a timeline 7 of its
     * own.
     */
    private static Story twoHistoriesOfOneNumber() {
        Story story = Story.ofThree();
        ObservedServer late = STANDBY.onTimeline(6);
        story.next(PRIMARY.onTimeline(7), late, OTHER.onTimeline(7));
        story.next(failed("pg-1", FailureKind.REFUSED), late, OTHER.onTimeline(7));
        return story;
    }

    @Test
    void positionsOnTwoHistoriesOfOneNumberAreNotCompared() {
        ClusterView view = twoHistoriesOfOneNumber()
                .next(failed("pg-1", FailureKind.REFUSED), STANDBY.onTimeline(6).promoted(), OTHER.onTimeline(7))
                .cluster();

        assertThat(view.primary()).map(MemberView::name).contains("pg-2");
        assertThat(behind(view, 2)).isEmpty();
        assertThat(staleness(view, 2)).isEmpty();
    }

    @Test
    void standbyThatTheNewPrimaryFeedsIsOnItsHistoryWhateverElseHasThatNumber() {
        Story story = twoHistoriesOfOneNumber();
        ObservedServer promoted = STANDBY.onTimeline(6).promoted();
        ClusterView view = story.next(
                        failed("pg-1", FailureKind.REFUSED),
                        promoted.sendingTo(asynchronous("pg-3")),
                        OTHER.onTimeline(7))
                .cluster();
        assertThat(behind(view, 2)).hasValue(0);

        ClusterView again = story.next(failed("pg-1", FailureKind.REFUSED), promoted, OTHER.onTimeline(7))
                .cluster();
        assertThat(behind(again, 2)).as("fed no more").isEmpty();
    }

    @Test
    void standbyThatFollowsANewPrimaryWhichNobodySeesIsOnNoHistoryThatIsRemembered() {
        Story story = Story.ofThree();
        story.next(PRIMARY.onTimeline(7), STANDBY.onTimeline(6), OTHER.onTimeline(6));
        ClusterView view = story.next(
                        failed("pg-1", FailureKind.REFUSED), failed("pg-2", FailureKind.TIMED_OUT), OTHER.onTimeline(7))
                .cluster();
        assertThat(staleness(view, 2)).isEmpty();
    }

    @Test
    void restartOfThePrimaryLeavesItsStandbysOnItsHistory() {
        Story story = Story.ofThree();
        story.next(PRIMARY, STANDBY, OTHER);
        ClusterView view = story.next(PRIMARY.restarted(), STANDBY, OTHER).cluster();
        assertThat(behind(view, 1)).hasValue(0);
        assertThat(staleness(view, 1)).isPresent();
    }

    @Test
    void failoverThatAllFollowIsOneHistory() {
        Story story = Story.ofThree();
        story.next(PRIMARY, STANDBY, OTHER);
        ClusterView view = story.next(failed("pg-1", FailureKind.REFUSED), STANDBY.promoted(), OTHER.onTimeline(2))
                .cluster();
        assertThat(behind(view, 2)).hasValue(0);
    }

    @Test
    void standbyAskedAfterThePrimaryMissesNothing() {
        assertThat(behind(see(PRIMARY.writingAt(new Lsn(1000)), STANDBY.replayed(new Lsn(1200))), 1))
                .hasValue(0);
    }

    @Test
    void unknownIsNeverZero() {
        Sighting unseen = failed("pg-1", FailureKind.TIMED_OUT);
        assertThat(behind(see(unseen, STANDBY), 1)).as("no primary in view").isEmpty();
        assertThat(behind(see(PRIMARY, STANDBY.withoutReceiver()), 1))
                .as("no timeline")
                .isEmpty();
        assertThat(behind(see(PRIMARY.onTimeline(2), STANDBY), 1))
                .as("another timeline")
                .isEmpty();
        assertThat(behind(see(PRIMARY, STANDBY.ofSystem(FOREIGN)), 1))
                .as("another cluster")
                .isEmpty();
        assertThat(behind(see(PRIMARY, STANDBY.replayedNothing()), 1))
                .as("no position")
                .isEmpty();
        assertThat(behind(see(PRIMARY, failed("pg-2", FailureKind.REFUSED)), 1))
                .as("no answer")
                .isEmpty();
        assertThat(behind(see(PRIMARY.withoutTimeline(), STANDBY.withoutTimeline()), 1))
                .as("two unknown timelines are not the same")
                .isEmpty();
        assertThat(staleness(see(unseen, STANDBY), 1))
                .as("no primary ever seen")
                .isEmpty();
        assertThat(staleness(see(PRIMARY, STANDBY.withoutReceiver()), 1)).isEmpty();
        assertThat(staleness(see(PRIMARY, STANDBY.replayedNothing()), 1)).isEmpty();
        assertThat(staleness(see(PRIMARY, PRIMARY), 0))
                .as("of the primary itself")
                .isEmpty();
    }

    @Test
    void standbyAgesAfterThePrimaryIsGone() {
        // given
        Story story = Story.ofThree();
        story.next(PRIMARY, STANDBY);

        // when
        Assessment later = story.after(Duration.ofSeconds(7), failed("pg-1", FailureKind.REFUSED), STANDBY);

        // then
        assertThat(staleness(later.cluster(), 1))
                .contains(new Staleness(
                        Duration.ZERO, Optional.of(Duration.ofSeconds(7).plus(Observed.TOOK))));
    }

    @Test
    void streamThatIsSilentForLongerThanAnIdleOneTellsNoLag() {
        assertThat(upstream(see(PRIMARY, lagging(Story.MAX_SILENCE)))).hasValue(100);
        assertThat(upstream(see(PRIMARY, lagging(Story.MAX_SILENCE.plusNanos(1)))))
                .isEmpty();
    }

    @Test
    void silentStreamWithoutAPrimaryInViewIsBelievedForNoLongerThanAnAnswer() {
        Sighting unseen = failed("pg-1", FailureKind.TIMED_OUT);
        assertThat(upstream(see(unseen, lagging(Story.STALE_AFTER)))).hasValue(100);
        assertThat(upstream(see(unseen, lagging(Story.STALE_AFTER.plusNanos(1)))))
                .isEmpty();
    }

    @Test
    void standbyOfASilentStreamIsNotSaidToMissNothing() {
        ClusterView sound = see(PRIMARY, lagging(Duration.ZERO));
        assertThat(sound.lag().stalenessAtLeast(sound.members().get(1))).contains(Duration.ZERO);

        ClusterView silent = see(PRIMARY, lagging(Story.MAX_SILENCE.plusNanos(1)));
        assertThat(silent.lag().stalenessAtLeast(silent.members().get(1))).isEmpty();
    }

    private static ObservedServer lagging(Duration silence) {
        return STANDBY.receiving(new RoleState.WalReceiver("streaming", OptionalLong.of(100), Optional.of(silence)));
    }

    private static OptionalLong upstream(ClusterView view) {
        return view.lag().toUpstream(view.members().get(1));
    }

    @Test
    void staleAnswerIsNoAnswer() {
        // given
        Story story = Story.ofThree();
        story.next(PRIMARY, STANDBY, OTHER);

        // when
        ClusterView view =
                story.after(Story.STALE_AFTER.plusNanos(1), STANDBY, OTHER).cluster();

        // then
        assertThat(view.primary()).isEmpty();
        assertThat(view.members().get(0).role()).isEmpty();
    }

    private static ClusterView see(Sighting... seen) {
        return Story.ofThree().next(seen).cluster();
    }

    private static OptionalLong behind(ClusterView view, int member) {
        return view.lag().bytesBehindPrimary(view.members().get(member));
    }

    private static Optional<Staleness> staleness(ClusterView view, int member) {
        return view.lag().staleness(view.members().get(member));
    }
}
