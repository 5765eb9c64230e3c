package io.statehub.sidecar.failover;

import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.REJOINED;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.acked;
import static io.statehub.sidecar.testing.Observed.ackedAfter;
import static io.statehub.sidecar.testing.Observed.ambiguous;
import static io.statehub.sidecar.testing.Observed.beatFailed;
import static io.statehub.sidecar.testing.Observed.beatsTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.MembershipObservation;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Sighting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was last seen alive and dangerous stays so until it is seen to be over. */
class SplitBrainTest {

    private static final ObservedServer PROMOTED = OTHER.promoted();
    private static final ObservedServer FOLLOWER = STANDBY.onTimeline(2);
    private static final Sighting REFUSED = failed("pg-1", FailureKind.REFUSED);

    /** pg-3 was promoted beside pg-1, which takes the writes. */
    private static Chronicle twoPrimaries() {
        return Chronicle.steady().look(PRIMARY, STANDBY, PROMOTED).beat(acked(PRIMARY, 4));
    }

    private static Chronicle hidden(Chronicle chronicle, FailureKind how, int looks) {
        for (int i = 0; i < looks; i++) {
            chronicle.look(failed("pg-1", how), STANDBY, PROMOTED);
        }
        return chronicle;
    }

    private static void assertSplitBrain(Chronicle chronicle) {
        assertThat(chronicle.label()).isEqualTo("split_brain");
        assertThat(chronicle.tracking().primaries().splitBrain()).isTrue();
        assertThat(chronicle.kinds()).doesNotContain(Kind.SPLIT_BRAIN_OVER);
        assertThat(chronicle.ended()).isEmpty();
    }

    @Test
    void secondPrimaryIsSplitBrainAtOnceAndNotMerelyAPromotion() {
        Chronicle chronicle = Chronicle.steady().look(PRIMARY, STANDBY, PROMOTED);

        assertSplitBrain(chronicle);
        assertThat(chronicle.state().leader().orElseThrow().member())
                .as("the younger history")
                .isEqualTo("pg-3");
        assertThat(chronicle.kinds()).containsExactly(Kind.SPLIT_BRAIN, Kind.PROMOTED);
        assertThat(chronicle.events().get(0).at().evidence())
                .isEqualTo("out of recovery at once: pg-1 (timeline 1), pg-3 (timeline 2)");
    }

    @Test
    void secondPrimaryOnTheSameTimelineIsSplitBrain() {
        Chronicle chronicle = Chronicle.steady().look(PRIMARY, STANDBY, Observed.primary("pg-3"));

        assertSplitBrain(chronicle);
        assertThat(chronicle.state().leader().orElseThrow().member())
                .as("nothing tells them apart, so who led keeps leading")
                .isEqualTo("pg-1");
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void goingOutOfSightEndsNothingWhateverTheFailure(FailureKind how) {
        Chronicle chronicle = hidden(twoPrimaries(), how, 5);

        if (how == FailureKind.SHUTTING_DOWN) {
            chronicle.look(failed("pg-1", FailureKind.TIMED_OUT), STANDBY, PROMOTED);
        }
        assertSplitBrain(chronicle);
    }

    @Test
    void silenceUntilAllIsStaleEndsNothing() {
        assertSplitBrain(twoPrimaries().after(Duration.ofHours(1)).after(Duration.ofHours(1)));
    }

    @Test
    void bothHiddenAndOnlyAStandbyInViewEndsNothing() {
        Chronicle chronicle = twoPrimaries();
        for (int i = 0; i < 5; i++) {
            chronicle.look(failed("pg-1", FailureKind.TIMED_OUT), STANDBY, failed("pg-3", FailureKind.REFUSED));
        }
        assertSplitBrain(chronicle);
    }

    @Test
    void thatTheYoungerOneIsHiddenEndsNothingEither() {
        Chronicle chronicle = twoPrimaries();
        for (int i = 0; i < 5; i++) {
            chronicle
                    .look(PRIMARY, STANDBY, failed("pg-3", FailureKind.REFUSED))
                    .beat(acked(PRIMARY, 5 + i));
        }
        assertSplitBrain(chronicle);
    }

    @Test
    void writesThatReachTheNewPrimaryAloneEndNothing() {
        Chronicle chronicle = hidden(twoPrimaries(), FailureKind.TIMED_OUT, 3)
                .beat(ackedAfter(PROMOTED, 5, beatsTo(3)))
                .look(REFUSED, FOLLOWER, PROMOTED)
                .beat(acked(PROMOTED, 6));

        assertSplitBrain(chronicle);
        assertThat(chronicle.kinds()).as("it is known all the same").contains(Kind.ROUTED);
    }

    @Test
    void standbyIsWhatAStalePrimaryMustBeSeenAs() {
        Chronicle chronicle = hidden(twoPrimaries(), FailureKind.TIMED_OUT, 3)
                .beat(ackedAfter(PROMOTED, 5, beatsTo(3)))
                .look(REJOINED, STANDBY, PROMOTED);

        assertThat(chronicle.label()).isEqualTo("routed");
        assertThat(chronicle.kinds()).contains(Kind.SPLIT_BRAIN_OVER);
        assertThat(over(chronicle).evidence()).isEqualTo("pg-1 answers as a standby");
        chronicle.look(REJOINED, FOLLOWER, PROMOTED);
        assertThat(chronicle.label()).isEqualTo("stable");
        assertThat(chronicle.incident().ending().orElseThrow().outcome()).isEqualTo(Outcome.FAILOVER);
    }

    @Test
    void shutdownInOrderEndsItOnceNothingListensThere() {
        Chronicle chronicle = hidden(twoPrimaries(), FailureKind.SHUTTING_DOWN, 1);
        assertSplitBrain(chronicle);

        chronicle.look(REFUSED, STANDBY, PROMOTED);

        assertThat(chronicle.label()).isEqualTo("promoted");
        assertThat(over(chronicle).evidence()).contains("shut down in order", "server shut down");
    }

    @Test
    void shutdownOfAnEarlierRunSaysNothingOfThisOne() {
        Chronicle chronicle = hidden(twoPrimaries(), FailureKind.SHUTTING_DOWN, 1)
                .look(PRIMARY.restarted(), STANDBY, PROMOTED)
                .look(REFUSED, STANDBY, PROMOTED);

        assertSplitBrain(chronicle);
    }

    @Test
    void whereBothAreSeenToBeOverNobodyLeads() {
        Chronicle chronicle = twoPrimaries().look(REJOINED, STANDBY, OTHER.restarted());

        assertThat(chronicle.kinds()).contains(Kind.SPLIT_BRAIN_OVER);
        assertThat(chronicle.label()).isEqualTo("failing_over");
    }

    @Test
    void membersThatTheOperatorHasRemovedAreOver() {
        Chronicle chronicle = hidden(twoPrimaries(), FailureKind.TIMED_OUT, 3);

        chronicle.look(at -> new MembershipObservation(at, Duration.ZERO, List.of("pg-2", "pg-3")), STANDBY, PROMOTED);

        assertThat(chronicle.label()).isEqualTo("promoted");
        assertThat(over(chronicle).evidence()).isEqualTo("pg-1 is no member any more");
    }

    @Test
    void whereTheMembersAreNotKnownNoneIsGone() {
        Chronicle chronicle = hidden(twoPrimaries(), FailureKind.TIMED_OUT, 3);

        assertSplitBrain(chronicle.look(at -> new MembershipObservation(at, Duration.ZERO, List.of())));
    }

    @Test
    void primariesThatAreNeverSeenInOneRoundAreProvenByTheRunThatContinues() {
        Sighting hidden = failed("pg-3", FailureKind.TIMED_OUT);
        Chronicle chronicle = Chronicle.steady().look(failed("pg-1", FailureKind.TIMED_OUT), STANDBY, PROMOTED);
        assertThat(chronicle.label()).isEqualTo("promoted");

        chronicle.look(PRIMARY, STANDBY, hidden);

        assertSplitBrain(chronicle);
    }

    @Test
    void newPrimaryThatWentOutOfSightKeepsTheOldOneThatReturnsFromBeingStable() {
        Sighting gone = failed("pg-3", FailureKind.REFUSED);
        Chronicle chronicle = Chronicle.steady()
                .rounds(3, beatFailed(FailureKind.REFUSED), REFUSED, STANDBY, OTHER)
                .look(REFUSED, STANDBY, PROMOTED)
                .rounds(3, beatFailed(FailureKind.REFUSED), REFUSED, STANDBY, gone)
                .rounds(5, acked(PRIMARY.restarted(), 4), PRIMARY.restarted(), STANDBY, gone);

        assertThat(chronicle.label()).isEqualTo("primary_returned");
        assertThat(chronicle.kinds()).contains(Kind.WRITES_BACK).doesNotContain(Kind.SPLIT_BRAIN);
        chronicle.look(PRIMARY.restarted(), STANDBY, OTHER.restarted()).beat(acked(PRIMARY.restarted(), 9));
        assertThat(chronicle.label()).isEqualTo("stable");
        assertThat(chronicle.incident().ending().orElseThrow().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void frozenPrimaryThatWasFailedOverFromKeepsTheClusterFromBeingStable() {
        Chronicle chronicle = new Chronicle(
                new Objectives(Chronicle.RTO, Duration.ZERO),
                List.of("pg-1", "pg-2", "pg-3", "pg-4"),
                WriteLedger.empty(100));
        ObservedServer fourth = Observed.standby("pg-4");
        Sighting frozen = failed("pg-1", FailureKind.TIMED_OUT);
        chronicle
                .look(PRIMARY, STANDBY, OTHER)
                .beat(acked(PRIMARY, 1))
                .rounds(4, ambiguous(2), frozen, STANDBY, OTHER)
                .look(frozen, STANDBY, PROMOTED)
                .beat(ackedAfter(PROMOTED, 9, beatsTo(1)))
                .rounds(20, acked(PROMOTED, 10), frozen, FOLLOWER, PROMOTED, fourth.onTimeline(2));

        assertThat(chronicle.label()).as("as redundant as before, and yet").isEqualTo("routed");
        assertThat(chronicle.tracking().primaries().anyFateUnknown()).isTrue();
        chronicle.look(REJOINED, FOLLOWER, PROMOTED, fourth.onTimeline(2));
        assertThat(chronicle.label()).isEqualTo("stable");
        assertThat(chronicle.tracking().primaries().anyFateUnknown()).isFalse();
    }

    @Test
    void oldPrimaryThatComesBackWritableIsSplitBrainInTheSameRound() {
        Chronicle chronicle = hidden(Chronicle.steady(), FailureKind.REFUSED, 3)
                .look(REJOINED, FOLLOWER, PROMOTED)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)));
        assertThat(chronicle.label()).isEqualTo("stable");

        chronicle.look(PRIMARY.restarted(), FOLLOWER, PROMOTED);
        assertThat(chronicle.label()).isEqualTo("split_brain");
        assertThat(chronicle.state().leader().orElseThrow().member()).isEqualTo("pg-3");
        for (int i = 0; i < 5; i++) {
            chronicle.look(REFUSED, FOLLOWER, PROMOTED).beat(acked(PROMOTED, 5 + i));
            assertThat(chronicle.label()).isEqualTo("split_brain");
        }
        chronicle.look(REJOINED, FOLLOWER, PROMOTED);

        assertThat(chronicle.label()).isEqualTo("stable");
        assertThat(chronicle.ended().get(1).ending().orElseThrow().outcome()).isEqualTo(Outcome.SPLIT_BRAIN);
    }

    @Test
    void splitBrainThatReturnsInTheSameIncidentIsNotOver() {
        ObservedServer again = PRIMARY.restarted();
        Chronicle chronicle = twoPrimaries().look(REJOINED, STANDBY, PROMOTED);
        assertThat(chronicle.kinds()).contains(Kind.SPLIT_BRAIN_OVER);

        chronicle.look(again, STANDBY, PROMOTED);

        assertThat(chronicle.label()).isEqualTo("split_brain");
        Incident incident = chronicle.state().incident().orElseThrow();
        assertThat(incident.milestone(Kind.SPLIT_BRAIN_OVER)).isEmpty();
        assertThat(chronicle.kinds().stream().filter(Kind.SPLIT_BRAIN::equals)).hasSize(2);
    }

    @Test
    void thirdPrimaryKeepsItOpenWhenOneIsSeenToBeOver() {
        ObservedServer third = STANDBY.promoted().onTimeline(3);
        Chronicle chronicle = twoPrimaries().look(PRIMARY, third, PROMOTED);
        assertThat(chronicle.state().leader().orElseThrow().member()).isEqualTo("pg-2");

        chronicle.look(REJOINED, third, PROMOTED);
        assertSplitBrain(chronicle);
        chronicle.look(REJOINED, third, OTHER.restarted().onTimeline(3));

        assertThat(chronicle.label()).isEqualTo("promoted");
    }

    @Test
    void twoNamesOfOneServerAreOnePrimary() {
        ObservedServer alias = PRIMARY.under("pg-3");

        Chronicle chronicle = Chronicle.steady().look(PRIMARY, STANDBY, alias).look(PRIMARY, STANDBY, alias);

        assertThat(chronicle.label()).isEqualTo("stable");
        assertThat(chronicle.kinds()).doesNotContain(Kind.SPLIT_BRAIN);
    }

    @Test
    void nameThatLeadsToAStandbyNowSaysNothingOfThePrimaryThatItLedTo() {
        ObservedServer standbyUnderThatName = STANDBY.under("pg-1");
        Chronicle chronicle = twoPrimaries();
        for (int i = 0; i < 5; i++) {
            chronicle.look(standbyUnderThatName, STANDBY, PROMOTED);
        }
        assertSplitBrain(chronicle);
        assertSplitBrain(chronicle.look(standbyUnderThatName, failed("pg-2", FailureKind.TIMED_OUT), PROMOTED));
    }

    @Test
    void strayServerOfAnotherClusterEndsNothing() {
        Chronicle chronicle = hidden(twoPrimaries(), FailureKind.TIMED_OUT, 3)
                .look(
                        failed("pg-1", FailureKind.TIMED_OUT),
                        Observed.primary("pg-2").ofSystem(42),
                        failed("pg-3", FailureKind.TIMED_OUT));

        assertSplitBrain(chronicle);
    }

    @Test
    void nothingIsForgottenOfASplitBrainByGoingOnFromWhatIsRemembered() {
        Chronicle chronicle = hidden(twoPrimaries(), FailureKind.TIMED_OUT, 3);

        chronicle.restartedWith(chronicle.tracking());

        assertSplitBrain(hidden(chronicle, FailureKind.REFUSED, 5));
        chronicle.look(REJOINED, STANDBY, PROMOTED);
        assertThat(chronicle.label()).isEqualTo("promoted");
    }

    private static Occurrence over(Chronicle chronicle) {
        return chronicle
                .state()
                .incident()
                .orElseThrow()
                .milestone(Kind.SPLIT_BRAIN_OVER)
                .orElseThrow();
    }

    @Test
    void secondPrimaryThatComesIntoViewWhileAFaultOfOursHidesTheLeaderLeavesNothingStable() {
        Sighting stale = Observed.primary("pg-3");
        Chronicle chronicle = Chronicle.steady().look(failed("pg-1", FailureKind.AUTHENTICATION), STANDBY, stale);
        assertThat(chronicle.label()).isEqualTo("unknown");

        chronicle.look(PRIMARY, STANDBY, stale);
        assertSplitBrain(chronicle);
    }
}
