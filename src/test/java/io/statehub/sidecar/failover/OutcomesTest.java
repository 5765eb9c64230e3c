package io.statehub.sidecar.failover;

import static io.statehub.sidecar.testing.Members.FOLLOWER;
import static io.statehub.sidecar.testing.Members.GONE;
import static io.statehub.sidecar.testing.Members.NO_BEAT;
import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.PROMOTED;
import static io.statehub.sidecar.testing.Members.REJOINED;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.acked;
import static io.statehub.sidecar.testing.Observed.ackedAfter;
import static io.statehub.sidecar.testing.Observed.beatFailed;
import static io.statehub.sidecar.testing.Observed.beatShutDownBy;
import static io.statehub.sidecar.testing.Observed.beatsTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Observed.lost;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Farewell;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Sighting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an incident turns out to be goes by what was seen of it, and not by how it ended up. */
class OutcomesTest {

    private static final ObservedServer DEMOTED = Observed.standby("pg-1").restarted();

    private static Outcome outcome(Chronicle chronicle) {
        return chronicle.incident().ending().orElseThrow().outcome();
    }

    @Test
    void primaryThatAnswersAsAStandbyWithNoSignOfAShutdownWasNotSwitchedOverFrom() {
        Chronicle chronicle = Chronicle.steady()
                .look(DEMOTED, STANDBY, OTHER)
                .look(REJOINED, PROMOTED, FOLLOWER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILOVER);
        assertThat(chronicle.kinds()).doesNotContain(Kind.ORDERLY_END);
    }

    @Test
    void killedPrimaryThatComesBackAsAStandbyAndIsPromotedAgainIsNoSwitchover() {
        ObservedServer again = DEMOTED.promoted();
        Chronicle chronicle = Chronicle.steady()
                .rounds(2, NO_BEAT, GONE, STANDBY, OTHER)
                .look(DEMOTED, STANDBY, OTHER)
                .look(again, STANDBY, OTHER)
                .beat(ackedAfter(again, 4, beatsTo(3)))
                .look(again, STANDBY.onTimeline(2), FOLLOWER);

        assertThat(outcome(chronicle)).isEqualTo(Outcome.REPROMOTION);
        assertThat(chronicle.incident().newPrimary().orElseThrow().member()).isEqualTo("pg-1");
        assertThat(chronicle.incident().outagesOf(Service.WRITE).outages()).isEqualTo(1);
        assertThat(chronicle.tracking().lastChangeOfPrimary())
                .as("no other member leads")
                .isEmpty();
    }

    @Test
    void orderlyRestartThatEndsInAPromotionOfTheSameMemberIsNoSwitchoverEither() {
        ObservedServer again = DEMOTED.promoted();
        Chronicle chronicle = Chronicle.steady()
                .look(failed("pg-1", FailureKind.SHUTTING_DOWN), STANDBY, OTHER)
                .look(again, STANDBY, OTHER)
                .beat(ackedAfter(again, 4, beatsTo(3)))
                .look(again, STANDBY.onTimeline(2), FOLLOWER);

        assertThat(outcome(chronicle)).isEqualTo(Outcome.REPROMOTION);
        assertThat(chronicle.incident().milestone(Kind.ORDERLY_END)).isPresent();
    }

    @Test
    void killedPrimaryThatWasRebuiltWhileNobodyLookedIsFailedOverFrom() {
        Chronicle chronicle = Chronicle.steady();

        chronicle
                .restartedWith(chronicle.tracking())
                .after(Duration.ofMinutes(5), DEMOTED, STANDBY, OTHER)
                .look(REJOINED, PROMOTED, FOLLOWER)
                .beat(ackedAfter(PROMOTED, 9, beatsTo(3)));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILOVER);
    }

    @Test
    void primaryWhoseOwnAddressAloneRefusesIsNotLostWhileItAcknowledgesWrites() {
        Chronicle chronicle = Chronicle.steady().rounds(40, acked(PRIMARY, 4), GONE, STANDBY, OTHER);

        assertThat(chronicle.label()).isEqualTo("primary_suspect");
        assertThat(chronicle.kinds()).doesNotContain(Kind.PRIMARY_LOST, Kind.NO_CANDIDATE);

        chronicle.look(PRIMARY, STANDBY, OTHER).beat(acked(PRIMARY, 5)).look(PRIMARY, STANDBY, OTHER);
        assertThat(outcome(chronicle)).isEqualTo(Outcome.BLIP);
        assertThat(chronicle.incident().outagesOf(Service.WRITE).outages()).isZero();
    }

    @Test
    void primaryWhoseOwnAddressRefusedBeforeItWasKilledIsLostOnceNoWriteIsAcknowledged() {
        Chronicle chronicle = Chronicle.steady()
                .rounds(10, acked(PRIMARY, 4), GONE, STANDBY, OTHER)
                .rounds(2, NO_BEAT, GONE, STANDBY, OTHER);

        assertThat(chronicle.label()).isEqualTo("failing_over");

        chronicle
                .look(GONE, PROMOTED, FOLLOWER)
                .beat(ackedAfter(PROMOTED, 5, beatsTo(4)))
                .look(REJOINED, PROMOTED, FOLLOWER);
        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILOVER);
    }

    @Test
    void primaryThatIsSeenThroughTheWriteEndpointAloneIsNotLost() {
        Chronicle chronicle = Chronicle.steady().rounds(10, Observed.endpointTo(PRIMARY), GONE, STANDBY, OTHER);

        assertThat(chronicle.label()).isEqualTo("primary_suspect");
    }

    @Test
    void primaryThatRefusesIsLostThoughAnotherServerTakesWrites() {
        Sighting unseen = failed("pg-2", FailureKind.TIMED_OUT);
        Chronicle byBeats = Chronicle.steady().rounds(3, acked(PROMOTED, 4), GONE, unseen, OTHER);
        assertThat(byBeats.label()).isEqualTo("failing_over");

        Chronicle byEndpoint = Chronicle.steady().rounds(10, Observed.endpointTo(PROMOTED), GONE, unseen, OTHER);
        assertThat(byEndpoint.label()).isEqualTo("failing_over");
    }

    @Test
    void shutdownOfAStandbySaysNothingOfThePrimary() {
        Chronicle chronicle = Chronicle.steady()
                .look(PRIMARY, STANDBY, failed("pg-3", FailureKind.SHUTTING_DOWN))
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, PROMOTED, failed("pg-3", FailureKind.SHUTTING_DOWN))
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)))
                .look(REJOINED, PROMOTED, FOLLOWER);

        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILOVER);
    }

    @Test
    void shutdownThatTheOldPrimaryIsSeenInAfterAnotherLedWasNotItsEnd() {
        Chronicle chronicle = Chronicle.steady()
                .rounds(3, NO_BEAT, failed("pg-1", FailureKind.TIMED_OUT), STANDBY, OTHER)
                .look(failed("pg-1", FailureKind.TIMED_OUT), PROMOTED, OTHER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)))
                .look(failed("pg-1", FailureKind.SHUTTING_DOWN), PROMOTED, FOLLOWER)
                .look(REJOINED, PROMOTED, FOLLOWER);

        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILOVER);
    }

    @Test
    void shutdownThatASessionIsToldAfterThePromotionWasNotWhatItFollowed() {
        Sighting frozen = failed("pg-1", FailureKind.TIMED_OUT);
        Chronicle chronicle = Chronicle.steady()
                .rounds(3, NO_BEAT, frozen, STANDBY, OTHER)
                .rounds(3, NO_BEAT, frozen, PROMOTED, OTHER)
                .beat(beatShutDownBy(PRIMARY))
                .look(REJOINED, PROMOTED, FOLLOWER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILOVER);
        assertThat(chronicle.kinds()).doesNotContain(Kind.ORDERLY_END);
    }

    @Test
    void primaryThatWasSeenBesideTheNewOneWasNotSwitchedOverFromThoughItIsShutDownAtOnce() {
        Chronicle chronicle = Chronicle.steady()
                .look(PRIMARY, PROMOTED, OTHER)
                .beat(beatShutDownBy(PRIMARY))
                .look(REJOINED, PROMOTED, FOLLOWER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILOVER);
        assertThat(chronicle.kinds()).doesNotContain(Kind.ORDERLY_END);
    }

    @Test
    void crashedPrimaryThatIsShutDownOnceAnotherHasLedWasFailedOverFromWhoeverLeadsInTheEnd() {
        Sighting secondGone = failed("pg-2", FailureKind.REFUSED);
        ObservedServer third = OTHER.promoted().onTimeline(3);
        Chronicle chronicle = Chronicle.steady()
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, PROMOTED, OTHER)
                .look(PRIMARY.restarted(), PROMOTED, OTHER)
                .look(failed("pg-1", FailureKind.SHUTTING_DOWN), secondGone, OTHER)
                .rounds(3, NO_BEAT, GONE, secondGone, OTHER)
                .look(GONE, secondGone, third)
                .beat(ackedAfter(third, 4, beatsTo(3)));

        assertThat(chronicle.state().leader().orElseThrow().member()).isEqualTo("pg-3");
        assertThat(chronicle.kinds()).contains(Kind.ROUTED).doesNotContain(Kind.ORDERLY_END);
    }

    @Test
    void shutdownThatTheHeartbeatSawBetweenTwoLooksMakesASwitchover() {
        Chronicle chronicle = Chronicle.steady()
                .beat(beatShutDownBy(PRIMARY))
                .look(REJOINED, PROMOTED, FOLLOWER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.SWITCHOVER);
    }

    @Test
    void switchoverThatIsOverBeforeTheNextLookIsKnownByWhatTheSessionsWereEndedWith() {
        Sighting back = Observed.afterFarewellOf(PRIMARY, REJOINED);
        Sighting next = Observed.afterFarewellOf(PRIMARY, ackedAfter(PROMOTED, 4, beatsTo(3)));

        for (Chronicle chronicle : List.of(
                Chronicle.steady().look(back, PROMOTED, FOLLOWER).beat(ackedAfter(PROMOTED, 4, beatsTo(3))),
                Chronicle.steady().beat(next).look(REJOINED, PROMOTED, FOLLOWER),
                Chronicle.steady().look(DEMOTED, STANDBY, OTHER).beat(next).look(REJOINED, PROMOTED, FOLLOWER),
                Chronicle.steady()
                        .look(
                                Observed.afterFarewellOf(PRIMARY, Observed.endpointTo(PROMOTED)),
                                REJOINED,
                                PROMOTED,
                                FOLLOWER)
                        .beat(ackedAfter(PROMOTED, 4, beatsTo(3))))) {
            chronicle.look(REJOINED, PROMOTED, FOLLOWER);

            assertThat(outcome(chronicle)).isEqualTo(Outcome.SWITCHOVER);
            assertThat(chronicle
                            .incident()
                            .milestone(Kind.ORDERLY_END)
                            .orElseThrow()
                            .evidence())
                    .contains("was told: by the script");
        }
    }

    @Test
    void shutdownIsHeardLaterThanThePromotionAndCameBeforeIt() {
        Sighting slow = at -> Observed.after(
                new Farewell(PRIMARY.identity(), at.minus(Duration.ofMillis(1400)), "heard late"),
                beatFailed(FailureKind.SHUTTING_DOWN).at(at));

        Chronicle chronicle = Chronicle.steady()
                .look(failed("pg-1", FailureKind.TIMED_OUT), PROMOTED, FOLLOWER)
                .beat(slow)
                .look(REJOINED, PROMOTED, FOLLOWER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)))
                .look(REJOINED, PROMOTED, FOLLOWER);

        assertThat(outcome(chronicle)).isEqualTo(Outcome.SWITCHOVER);
    }

    @Test
    void sessionsThatAnAdministratorEndsSayNothingOfAPrimaryThatIsSeenToLeadOn() {
        Chronicle chronicle = Chronicle.steady()
                .beat(beatShutDownBy(PRIMARY))
                .rounds(2, acked(PRIMARY, 4), PRIMARY, STANDBY, OTHER)
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(REJOINED, PROMOTED, FOLLOWER)
                .beat(ackedAfter(PROMOTED, 6, beatsTo(5)));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILOVER);
        assertThat(chronicle.incident().milestone(Kind.ORDERLY_END)).isEmpty();
    }

    @Test
    void shutdownOfARunThatNobodyHasSeenSaysNothingOfTheOneThatLed() {
        Sighting shuttingDown = failed("pg-1", FailureKind.SHUTTING_DOWN);
        Chronicle crashed = Chronicle.steady()
                .look(GONE, STANDBY, OTHER)
                .look(shuttingDown, STANDBY, OTHER)
                .look(REJOINED, PROMOTED, FOLLOWER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)));
        assertThat(outcome(crashed)).isEqualTo(Outcome.FAILOVER);

        Chronicle unwatched = Chronicle.steady()
                .after(Duration.ofMinutes(2), shuttingDown, STANDBY, OTHER, lost(Duration.ofMinutes(2)))
                .look(REJOINED, PROMOTED, FOLLOWER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)));
        assertThat(outcome(unwatched)).isEqualTo(Outcome.FAILOVER);
    }

    @Test
    void shutdownThatAHeartbeatWasToldByWhoeverAnsweredIsNobodys() {
        Chronicle chronicle = Chronicle.steady()
                .beat(beatFailed(FailureKind.SHUTTING_DOWN))
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(REJOINED, PROMOTED, FOLLOWER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILOVER);
        assertThat(chronicle.kinds()).doesNotContain(Kind.ORDERLY_END);
    }

    @Test
    void shutdownThatAHeartbeatWasToldByAStandbyIsNotThePrimarys() {
        Chronicle chronicle = Chronicle.steady()
                .beat(beatShutDownBy(OTHER))
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(REJOINED, PROMOTED, FOLLOWER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILOVER);
    }

    @Test
    void primaryThatWasRestartedInOrderAndThenCrashedWasNotSwitchedOverFrom() {
        Chronicle chronicle = Chronicle.steady()
                .look(failed("pg-1", FailureKind.SHUTTING_DOWN), STANDBY, OTHER)
                .beat(NO_BEAT)
                .look(PRIMARY.restarted(), STANDBY, OTHER)
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(REJOINED, PROMOTED, FOLLOWER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILOVER);
        assertThat(chronicle.incident().milestone(Kind.ORDERLY_END)).isEmpty();
    }

    @Test
    void primaryThatCrashedAndCameBackAndWasThenShutDownInOrderWasSwitchedOverFrom() {
        Chronicle chronicle = Chronicle.steady()
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(PRIMARY.restarted(), STANDBY, OTHER)
                .look(failed("pg-1", FailureKind.SHUTTING_DOWN), STANDBY, OTHER)
                .look(Observed.standby("pg-1").restartedTimes(2).onTimeline(2), PROMOTED, FOLLOWER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.SWITCHOVER);
    }

    @Test
    void crashedPrimaryThatWasPromotedAgainAndThenShutDownInOrderWasFailedOverFrom() {
        ObservedServer again = DEMOTED.promoted();
        Chronicle chronicle = Chronicle.steady()
                .look(again, STANDBY, OTHER)
                .look(failed("pg-1", FailureKind.SHUTTING_DOWN), STANDBY, OTHER)
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, STANDBY.onTimeline(2).promoted(), OTHER)
                .beat(ackedAfter(STANDBY.onTimeline(2).promoted(), 4, beatsTo(3)))
                .look(GONE, STANDBY.onTimeline(2).promoted(), OTHER.onTimeline(3))
                .look(
                        Observed.standby("pg-1").restartedTimes(2).onTimeline(3),
                        STANDBY.onTimeline(2).promoted(),
                        OTHER.onTimeline(3));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILOVER);
    }

    @Test
    void primaryThatCameBackBesideAnotherOneAfterItsShutdownAndThenCrashedWasNotSwitchedOverFrom() {
        ObservedServer stale = Observed.primary("pg-2");
        Sighting hidden = failed("pg-2", FailureKind.TIMED_OUT);
        Chronicle chronicle = Chronicle.steady()
                .look(failed("pg-1", FailureKind.SHUTTING_DOWN), hidden, OTHER)
                .rounds(3, NO_BEAT, GONE, hidden, OTHER)
                .look(PRIMARY.restarted(), stale, OTHER)
                .look(PRIMARY.restarted(), stale, OTHER);
        assertThat(chronicle.label()).isEqualTo("split_brain");

        chronicle
                .rounds(3, NO_BEAT, GONE, stale, OTHER)
                .look(Observed.standby("pg-1").restartedTimes(2), stale, OTHER)
                .beat(ackedAfter(stale, 4, beatsTo(3)))
                .look(Observed.standby("pg-1").restartedTimes(2), stale, OTHER);

        assertThat(chronicle.label()).isEqualTo("routed");
        Incident incident = chronicle.state().incident().orElseThrow();
        assertThat(incident.milestone(Kind.ORDERLY_END)).isEmpty();
        assertThat(SuccessorMoves.changed(incident)).isEqualTo(Outcome.FAILOVER);
    }

    @Test
    void writesThatTheSameRunStillTakesWhileItShutsDownDoNotUndoItsShutdown() {
        Chronicle chronicle = Chronicle.steady()
                .look(failed("pg-1", FailureKind.SHUTTING_DOWN), STANDBY, OTHER)
                .beat(acked(PRIMARY, 4))
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(REJOINED, PROMOTED, FOLLOWER)
                .beat(ackedAfter(PROMOTED, 5, beatsTo(4)));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.SWITCHOVER);
    }

    @Test
    void runThatOnlyAHeartbeatMetAfterTheShutdownIsTheOneThatEndedLast() {
        Chronicle chronicle = Chronicle.steady()
                .look(failed("pg-1", FailureKind.SHUTTING_DOWN), STANDBY, OTHER)
                .beat(acked(PRIMARY.restarted(), 4))
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(Observed.standby("pg-1").restartedTimes(2).onTimeline(2), PROMOTED, FOLLOWER)
                .beat(ackedAfter(PROMOTED, 5, beatsTo(4)));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILOVER);
    }

    @Test
    void oneMemberThatIsReinitialisedIsNoChangeOfCluster() {
        Chronicle chronicle = Chronicle.steady()
                .rounds(3, NO_BEAT, failed("pg-1", FailureKind.TIMED_OUT), STANDBY, OTHER)
                .look(
                        failed("pg-1", FailureKind.TIMED_OUT),
                        Observed.primary("pg-2").ofSystem(42),
                        failed("pg-3", FailureKind.TIMED_OUT));

        assertThat(chronicle.label()).isEqualTo("failing_over");
        assertThat(chronicle.ended()).isEmpty();
    }

    @Test
    void primaryThatIsMerelyOutOfSightIsNotReplacedByAnotherClusters() {
        Sighting unseen = failed("pg-1", FailureKind.AUTHENTICATION);
        Chronicle chronicle = Chronicle.steady();
        for (int i = 0; i < 4; i++) {
            chronicle.look(unseen, Observed.primary("pg-2").ofSystem(42), OTHER);
        }
        assertThat(chronicle.state().leader().orElseThrow().member()).isEqualTo("pg-1");
        chronicle.look(PRIMARY, STANDBY, OTHER).beat(acked(PRIMARY, 4));
        assertThat(chronicle.label()).isEqualTo("stable");
    }
}
