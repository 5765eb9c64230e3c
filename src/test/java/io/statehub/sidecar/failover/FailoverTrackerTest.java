package io.statehub.sidecar.failover;

import static io.statehub.sidecar.failover.Chronicle.RTO;
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
import static io.statehub.sidecar.testing.Observed.ambiguous;
import static io.statehub.sidecar.testing.Observed.beatFailed;
import static io.statehub.sidecar.testing.Observed.beatShutDownBy;
import static io.statehub.sidecar.testing.Observed.beatsTo;
import static io.statehub.sidecar.testing.Observed.endpointFailed;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Telling.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailoverTrackerTest {

    private static final ObservedServer DEMOTED = Observed.standby("pg-1");

    /** The primary is gone and pg-2 took over and takes writes; pg-3 follows it. */
    private static Chronicle failedOver() {
        return Chronicle.steady()
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, PROMOTED, OTHER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)))
                .look(GONE, PROMOTED, FOLLOWER);
    }

    @Test
    void nothingIsKnownBeforeAPrimaryWasSeen() {
        Chronicle chronicle = Chronicle.ofThree();
        assertThat(chronicle.label()).isEqualTo("unknown");
        assertThat(chronicle.look(GONE, STANDBY, OTHER).label()).isEqualTo("unknown");
        assertThat(chronicle.look(PRIMARY, STANDBY, OTHER).label()).isEqualTo("stable");
        assertThat(chronicle.kinds()).contains(Kind.PRIMARY_SEEN);
    }

    @Test
    void primaryThatMissesAProbeIsSuspectAndIfItAnswersAgainItWasABlip() {
        Chronicle chronicle = Chronicle.steady().look(GONE, STANDBY, OTHER);
        assertThat(chronicle.label()).isEqualTo("primary_suspect");

        chronicle.look(PRIMARY, STANDBY, OTHER);
        assertThat(chronicle.label()).as("no write has worked since").isEqualTo("primary_returned");
        chronicle.beat(acked(PRIMARY, 4));

        assertThat(chronicle.label()).isEqualTo("stable");
        assertThat(outcome(chronicle)).isEqualTo(Outcome.BLIP);
        assertThat(chronicle.kinds()).containsExactly(Kind.PRIMARY_SUSPECT, Kind.PRIMARY_BACK, Kind.ENDED);
        assertThat(chronicle.tracking().tally().outcome(Outcome.BLIP)).isEqualTo(1);
        assertThat(chronicle.tracking().lastChangeOfPrimary()).isEmpty();
    }

    @Test
    void restartBetweenTwoLooksIsSeenByThePostmastersStart() {
        Chronicle chronicle = Chronicle.steady().look(PRIMARY.restarted(), STANDBY, OTHER);
        assertThat(chronicle.label()).isEqualTo("primary_returned");

        chronicle.beat(acked(PRIMARY.restarted(), 4));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.RESTART);
        assertThat(chronicle.state().leader().orElseThrow().identity())
                .isEqualTo(PRIMARY.restarted().identity());
    }

    @Test
    void outageThatEndedBeforeTheRestartWasSeenBelongsToIt() {
        Chronicle chronicle = Chronicle.steady()
                .beat(NO_BEAT)
                .beat(acked(PRIMARY.restarted(), 4))
                .look(PRIMARY.restarted(), STANDBY, OTHER)
                .beat(acked(PRIMARY.restarted(), 5));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.RESTART);
        assertThat(chronicle.incident().outagesOf(Service.WRITE).outages()).isEqualTo(1);
    }

    @Test
    void primaryThatWasDownAndRestartsOnItsTimelineIsARestartInPlace() {
        Chronicle chronicle = Chronicle.steady()
                .rounds(4, NO_BEAT, GONE, STANDBY, OTHER)
                .look(PRIMARY.restarted(), STANDBY, OTHER)
                .beat(ackedAfter(PRIMARY.restarted(), 4, beatsTo(3)));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.RESTART);
        assertThat(chronicle.kinds())
                .containsExactly(Kind.PRIMARY_SUSPECT, Kind.PRIMARY_LOST, Kind.PRIMARY_RESTARTED, Kind.ENDED);
        assertThat(chronicle.incident().loss().rows()).contains(Count.exactly(0));
    }

    @Test
    void failoverGoesThroughAllItsStates() {
        Chronicle chronicle = Chronicle.steady().look(GONE, STANDBY, OTHER);
        assertThat(chronicle.label()).isEqualTo("primary_suspect");
        chronicle.beat(NO_BEAT).look(GONE, STANDBY, OTHER).look(GONE, STANDBY, OTHER);
        assertThat(chronicle.label()).isEqualTo("failing_over");
        chronicle.look(GONE, PROMOTED, OTHER.withoutReceiver());
        assertThat(chronicle.label()).isEqualTo("promoted");
        chronicle.beat(ackedAfter(PROMOTED, 4, beatsTo(3)));
        assertThat(chronicle.label()).isEqualTo("routed");
        chronicle.look(GONE, PROMOTED, FOLLOWER);
        assertThat(chronicle.label()).as("one standby streams, two did").isEqualTo("routed");
        chronicle.look(REJOINED, PROMOTED, FOLLOWER);

        assertThat(chronicle.label()).isEqualTo("stable");
        assertThat(chronicle.kinds())
                .containsExactly(
                        Kind.PRIMARY_SUSPECT,
                        Kind.PRIMARY_LOST,
                        Kind.PROMOTED,
                        Kind.ROUTED,
                        Kind.OLD_PRIMARY_REJOINED,
                        Kind.REDUNDANT,
                        Kind.ENDED);
        Incident incident = chronicle.incident();
        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILOVER);
        assertThat(incident.oldPrimary().member()).isEqualTo("pg-1");
        assertThat(incident.oldPrimary().timeline())
                .hasValueSatisfying(it -> assertThat(it.number()).isEqualTo(1));
        assertThat(incident.newPrimary().orElseThrow().member()).isEqualTo("pg-2");
        assertThat(incident.newPrimary().orElseThrow().timeline())
                .hasValueSatisfying(it -> assertThat(it.number()).isEqualTo(2));
        assertThat(incident.redundancyBefore()).isEqualTo(2);
        assertThat(chronicle.tracking().lastChangeOfPrimary()).contains(incident);
    }

    /** Beats half a second after each look: acked at 0, failed at 1.0 to 3.0, acked at 4.0. */
    @Test
    void writeOutageIsBoundedByTheAttemptsAroundIt() {
        Chronicle chronicle = failedOver().look(REJOINED, PROMOTED, FOLLOWER);

        OutageSum writes = chronicle.incident().outagesOf(Service.WRITE);

        assertThat(writes.outages()).isEqualTo(1);
        Duration took = Observed.TOOK;
        assertThat(writes.bounds().lower()).isEqualTo(SECOND.multipliedBy(2).minus(took));
        assertThat(writes.bounds().upper()).contains(SECOND.multipliedBy(4).plus(took));
        assertThat(ending(chronicle).rto()).isEqualTo(Objectives.Compliance.MET);
        assertThat(chronicle.tracking().service(Service.WRITE).outages()).isEqualTo(1);
        assertThat(chronicle.tracking().service(Service.READ).outages()).isZero();
    }

    @Test
    void phasesAreBoundedByTheLooksAroundThem() {
        Chronicle chronicle = failedOver().look(REJOINED, PROMOTED, FOLLOWER);
        Incident incident = chronicle.incident();

        Bounds detection = Phase.DETECTION.bounds(incident, chronicle.now()).orElseThrow();
        Bounds promotion = Phase.PROMOTION.bounds(incident, chronicle.now()).orElseThrow();
        Bounds redundancy = Phase.REDUNDANCY.bounds(incident, chronicle.now()).orElseThrow();

        assertThat(detection.lower())
                .as("first and third failure are two looks apart")
                .isEqualTo(SECOND.multipliedBy(2));
        assertThat(detection.upper().orElseThrow())
                .isBetween(SECOND.multipliedBy(3), SECOND.multipliedBy(3).plusMillis(3));
        assertThat(promotion.lower())
                .as("it may have been promoted just after the last look")
                .isZero();
        assertThat(promotion.upper()).contains(SECOND);
        assertThat(redundancy.upper().orElseThrow()).isPositive();
        assertThat(Phase.ROUTING.closed(incident).orElseThrow().evidence()).contains("acknowledged by pg-2");
    }

    @Test
    void acknowledgedBeatsThatTheNewPrimaryLacksAreCountedOneByOne() {
        Chronicle chronicle = Chronicle.steady()
                .look(PRIMARY, STANDBY, OTHER)
                .beat(acked(PRIMARY, 4))
                .look(PRIMARY, STANDBY, OTHER)
                .beat(acked(PRIMARY, 5))
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, PROMOTED, OTHER)
                .beat(ackedAfter(PROMOTED, 9, beatsTo(3)))
                .look(REJOINED, PROMOTED, FOLLOWER);

        Loss loss = chronicle.incident().loss();
        assertThat(loss.rows()).contains(Count.exactly(2));
        assertThat(loss.seconds().orElseThrow().lower()).isBetween(Duration.ofMillis(1990), Duration.ofMillis(2000));
        assertThat(loss.seconds().orElseThrow().upper().orElseThrow())
                .isBetween(Duration.ofMillis(2000), Duration.ofMillis(2010));
        assertThat(ending(chronicle).rpo()).isEqualTo(Objectives.Compliance.MISSED);
        assertThat(chronicle.kinds()).contains(Kind.LOSS_FOUND);
        assertThat(chronicle.tracking().tally().lostRows()).isEqualTo(2);
    }

    @Test
    void beatOfUnknownFateIsCountedApart() {
        Chronicle chronicle = Chronicle.steady()
                .rounds(1, ambiguous(4), GONE, STANDBY, OTHER)
                .rounds(2, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, PROMOTED, OTHER)
                .beat(ackedAfter(PROMOTED, 9, beatsTo(3)))
                .look(REJOINED, PROMOTED, FOLLOWER);

        assertThat(chronicle.incident().loss().rows()).contains(Count.exactly(0));
        assertThat(chronicle.incident().loss().ambiguous()).isEqualTo(1);
        assertThat(ending(chronicle).rpo()).isEqualTo(Objectives.Compliance.MET);
        assertThat(chronicle.tracking().tally().ambiguous()).isEqualTo(1);
    }

    @Test
    void newPrimaryThatTakesItsFirstBeatBeforeItIsSeenPromotedIsAuditedAllTheSame() {
        Chronicle chronicle =
                Chronicle.steady().rounds(2, NO_BEAT, GONE, STANDBY, OTHER).beat(ackedAfter(PROMOTED, 4, beatsTo(2)));
        assertThat(chronicle.label()).isEqualTo("primary_suspect");

        chronicle.look(GONE, PROMOTED, OTHER);

        assertThat(chronicle.label()).isEqualTo("routed");
        assertThat(chronicle.state().incident().orElseThrow().loss().rows()).contains(Count.exactly(1));
    }

    @Test
    void primaryThatSaysItIsBeingShutDownIsSwitchedOverFrom() {
        Chronicle chronicle = Chronicle.steady()
                .look(failed("pg-1", FailureKind.SHUTTING_DOWN), STANDBY, OTHER)
                .beat(NO_BEAT)
                .look(GONE, PROMOTED, OTHER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)))
                .look(REJOINED, PROMOTED, FOLLOWER);

        assertThat(outcome(chronicle)).isEqualTo(Outcome.SWITCHOVER);
        assertThat(chronicle
                        .incident()
                        .milestone(Kind.ORDERLY_END)
                        .orElseThrow()
                        .evidence())
                .contains("server shut down");
    }

    @Test
    void shutdownThatOnlyTheHeartbeatSawCounts() {
        Chronicle chronicle = Chronicle.steady()
                .beat(beatShutDownBy(PRIMARY))
                .look(GONE, PROMOTED, OTHER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)))
                .look(REJOINED, PROMOTED, FOLLOWER);

        assertThat(outcome(chronicle)).isEqualTo(Outcome.SWITCHOVER);
    }

    @Test
    void shutdownThatThePrimaryCameBackFromSaysNothingOfALaterLoss() {
        Chronicle chronicle = Chronicle.steady()
                .look(failed("pg-1", FailureKind.SHUTTING_DOWN), STANDBY, OTHER)
                .beat(NO_BEAT)
                .look(PRIMARY.restarted(), STANDBY, OTHER)
                .beat(ackedAfter(PRIMARY.restarted(), 4, beatsTo(3)));
        assertThat(outcome(chronicle)).isEqualTo(Outcome.RESTART);

        chronicle
                .look(PRIMARY.restarted(), STANDBY, OTHER)
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, PROMOTED, OTHER)
                .beat(ackedAfter(PROMOTED, 5, beatsTo(4)))
                .look(REJOINED, PROMOTED, FOLLOWER);

        assertThat(chronicle.ended()).hasSize(2);
        assertThat(chronicle.ended().get(1).ending().orElseThrow().outcome()).isEqualTo(Outcome.FAILOVER);
    }

    @Test
    void writesThatStillReachTheOldPrimaryAreLostAndTheFailoverIsNotOver() {
        Chronicle chronicle = Chronicle.steady().look(PRIMARY, PROMOTED, OTHER);
        assertThat(chronicle.label()).isEqualTo("split_brain");
        assertThat(chronicle.kinds()).containsExactly(Kind.SPLIT_BRAIN, Kind.PROMOTED);

        chronicle.beat(acked(PRIMARY, 4)).look(PRIMARY, PROMOTED, OTHER);
        assertThat(chronicle.kinds()).as("the beat went to the old primary").doesNotContain(Kind.ROUTED);

        chronicle.look(DEMOTED, PROMOTED, FOLLOWER).beat(ackedAfter(PROMOTED, 5, beatsTo(3)));
        assertThat(chronicle.label()).isEqualTo("routed");
        assertThat(chronicle.state().incident().orElseThrow().loss().rows()).contains(Count.exactly(1));
    }

    @Test
    void aFailoverThatNobodyTookOverInTimeMissesItsObjective() {
        int looks = (int) RTO.toSeconds() + 2;
        Chronicle chronicle = Chronicle.steady().rounds(looks, NO_BEAT, GONE, STANDBY, OTHER);
        assertThat(chronicle.label()).isEqualTo("failing_over");
        assertThat(chronicle.kinds()).containsOnlyOnce(Kind.NO_CANDIDATE);

        chronicle.look(PRIMARY.restarted(), STANDBY, OTHER).beat(acked(PRIMARY.restarted(), 4));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILED);
        assertThat(ending(chronicle).rto()).isEqualTo(Objectives.Compliance.MISSED);
    }

    @Test
    void newPrimaryThatIsLostBeforeWritesReachItLeadsToASecondPromotionInTheSameIncident() {
        ObservedServer second = OTHER.promoted().onTimeline(3);
        Sighting gone = failed("pg-2", FailureKind.REFUSED);
        Chronicle chronicle = Chronicle.steady()
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, PROMOTED, OTHER)
                .rounds(3, NO_BEAT, GONE, gone, OTHER);
        assertThat(chronicle.label()).isEqualTo("failing_over");

        chronicle.look(GONE, gone, second).beat(ackedAfter(second, 4, beatsTo(3)));

        assertThat(chronicle.label()).isEqualTo("routed");
        assertThat(chronicle.ended()).isEmpty();
        assertThat(chronicle.state().incident().orElseThrow().promotions())
                .extracting(promotion -> promotion.leader().member())
                .containsExactly("pg-2", "pg-3");
    }

    @Test
    void newPrimaryThatIsLostAfterwardsBeginsANewIncident() {
        Sighting gone = failed("pg-2", FailureKind.REFUSED);
        ObservedServer second = OTHER.promoted().onTimeline(3);
        Chronicle chronicle = failedOver().rounds(3, NO_BEAT, GONE, gone, FOLLOWER);

        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILOVER);
        assertThat(Phase.REDUNDANCY.closed(chronicle.incident())).isEmpty();
        assertThat(chronicle.state().incident().orElseThrow().oldPrimary().member())
                .isEqualTo("pg-2");

        chronicle.look(GONE, gone, second).beat(ackedAfter(second, 9, beatsTo(4)));
        assertThat(chronicle.label()).isEqualTo("routed");
        assertThat(chronicle.ended()).hasSize(1);
    }

    @Test
    void oldPrimaryThatFollowsTheOldHistoryHasDiverged() {
        Chronicle chronicle = failedOver().look(DEMOTED, PROMOTED, FOLLOWER);

        assertThat(chronicle.label()).isEqualTo("routed");
        assertThat(chronicle.kinds()).contains(Kind.OLD_PRIMARY_DIVERGED).doesNotContain(Kind.OLD_PRIMARY_REJOINED);
    }

    @Test
    void oldPrimaryThatTellsNoTimelineIsSaidNeitherToFollowNorToHaveDiverged() {
        Chronicle chronicle = failedOver().look(REJOINED.withoutReceiver(), PROMOTED, FOLLOWER);

        assertThat(chronicle.kinds()).doesNotContain(Kind.OLD_PRIMARY_REJOINED, Kind.OLD_PRIMARY_DIVERGED);
    }

    @Test
    void writesReachTheNewPrimaryNoEarlierThanTheLastOneThatFailed() {
        Chronicle chronicle = Chronicle.steady()
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, PROMOTED, OTHER)
                .beat(NO_BEAT);
        Moment lastFailed = chronicle.now().minus(Observed.TOOK);
        chronicle.look(GONE, PROMOTED, OTHER).beat(ackedAfter(PROMOTED, 4, beatsTo(3)));

        Occurrence routed = chronicle
                .state()
                .incident()
                .orElseThrow()
                .milestone(Kind.ROUTED)
                .orElseThrow();
        assertThat(routed.earliest()).isEqualTo(lastFailed);
        assertThat(routed.latest()).isEqualTo(chronicle.now());
    }

    @Test
    void beatsOfAnEarlierProcessThatAreMissingAreFoundWithoutAnIncident() {
        Chronicle chronicle = Chronicle.steady();
        chronicle
                .restartedWith(
                        Tracking.begin(chronicle.now(), chronicle.tracking().ledger()))
                .look(GONE, PROMOTED, FOLLOWER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(2)));

        assertThat(chronicle.label()).isEqualTo("stable");
        assertThat(chronicle.kinds()).containsExactly(Kind.PRIMARY_SEEN, Kind.LOSS_FOUND);
        assertThat(chronicle.events().get(1).at().evidence())
                .isEqualTo("1 acknowledged beats are missing on pg-2 (timeline 2)");
        assertThat(chronicle.tracking().tally().lostRows()).isEqualTo(1);
    }

    @Test
    void promotionThatCameToNothingIsAFailedFailover() {
        Chronicle chronicle = Chronicle.steady()
                .look(PRIMARY, PROMOTED, OTHER)
                .look(PRIMARY, STANDBY.restarted(), OTHER)
                .beat(acked(PRIMARY, 4));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILED);
        assertThat(chronicle.state().leader().orElseThrow().member()).isEqualTo("pg-1");
    }

    @Test
    void newPrimaryThatGivesWayToTheOldOneIsAFailedFailover() {
        Chronicle chronicle = Chronicle.steady()
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, PROMOTED, OTHER)
                .look(PRIMARY.restarted(), STANDBY.restarted(), OTHER);
        assertThat(chronicle.label()).isEqualTo("primary_returned");

        chronicle.beat(acked(PRIMARY.restarted(), 4));
        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILED);
        assertThat(chronicle.state().leader().orElseThrow().member()).isEqualTo("pg-1");
    }

    @Test
    void newPrimaryThatIsRestartedBeforeItsStandbysAreBackIsTheSameFailover() {
        ObservedServer restarted = PROMOTED.restarted();
        Chronicle chronicle = failedOver().look(GONE, restarted, FOLLOWER).look(REJOINED, restarted, FOLLOWER);

        assertThat(outcome(chronicle)).isEqualTo(Outcome.FAILOVER);
        assertThat(chronicle.kinds()).contains(Kind.PRIMARY_RESTARTED);
        assertThat(chronicle.state().leader().orElseThrow().identity()).isEqualTo(restarted.identity());
    }

    @Test
    void whyThePrimaryIsSuspectIsSaid() {
        assertThat(suspected(Chronicle.steady().look(GONE, STANDBY, OTHER)))
                .isEqualTo("pg-1 (timeline 1) connection refused (by the script)");
        assertThat(suspected(Chronicle.steady().look(DEMOTED, STANDBY, OTHER)))
                .isEqualTo("pg-1 (timeline 1) answers as a standby");
    }

    private static String suspected(Chronicle chronicle) {
        return chronicle.events().stream()
                .filter(event -> event.kind() == Kind.PRIMARY_SUSPECT)
                .map(event -> event.at().evidence())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void redundancyIsLostAndComesBack() {
        Chronicle chronicle = Chronicle.steady();
        chronicle.look(PRIMARY, STANDBY, OTHER.withoutReceiver());
        chronicle.look(PRIMARY, STANDBY, OTHER);

        assertThat(chronicle.kinds()).containsExactly(Kind.REDUNDANCY_LOST, Kind.REDUNDANCY_REGAINED);
        assertThat(chronicle.label()).isEqualTo("stable");
    }

    @Test
    void standbyThatMissesOneProbeIsStillRedundancy() {
        Chronicle chronicle = Chronicle.steady()
                .look(PRIMARY, STANDBY, failed("pg-3", FailureKind.TIMED_OUT))
                .look(PRIMARY, STANDBY, OTHER);

        assertThat(chronicle.kinds()).isEmpty();
    }

    @Test
    void faultOfOursMakesNoPrimarySuspect() {
        Sighting unseen = failed("pg-1", FailureKind.AUTHENTICATION);
        Chronicle chronicle = Chronicle.steady().look(unseen, STANDBY, OTHER);
        assertThat(chronicle.label()).isEqualTo("stable");

        chronicle.look(unseen, STANDBY, OTHER).look(unseen, STANDBY, OTHER);
        assertThat(chronicle.label()).isEqualTo("unknown");
        chronicle.look(PRIMARY, STANDBY, OTHER);

        assertThat(chronicle.label()).isEqualTo("stable");
        assertThat(chronicle.kinds()).containsExactly(Kind.PRIMARY_OUT_OF_SIGHT, Kind.PRIMARY_SEEN);
        assertThat(chronicle.ended()).isEmpty();
    }

    @Test
    void failoverWhileThePrimaryWasOutOfSightIsFoundAfterwards() {
        Sighting unseen = failed("pg-1", FailureKind.AUTHENTICATION);
        Chronicle chronicle = Chronicle.steady();
        for (int i = 0; i < 3; i++) {
            chronicle.look(unseen, STANDBY, OTHER);
        }
        chronicle.look(unseen, PROMOTED, OTHER);

        assertThat(chronicle.label()).isEqualTo("promoted");
        Occurrence suspect = chronicle
                .state()
                .incident()
                .orElseThrow()
                .milestone(Kind.PRIMARY_SUSPECT)
                .orElseThrow();
        assertThat(suspect.latest().since(suspect.earliest())).isGreaterThan(Duration.ofSeconds(2));
    }

    @Test
    void withoutHeartbeatsTheWriteEndpointTellsOutageAndRouteAndNothingIsSaidOfLosses() {
        Chronicle chronicle = Chronicle.ofThree();
        chronicle.beat(beatFailed(FailureKind.PERMISSION_DENIED));
        for (int i = 0; i < 3; i++) {
            chronicle.look(PRIMARY, STANDBY, OTHER, endpointTo(PRIMARY));
        }
        for (int i = 0; i < 3; i++) {
            chronicle.look(GONE, STANDBY, OTHER, endpointFailed(FailureKind.REFUSED));
        }
        chronicle.look(GONE, PROMOTED, OTHER, endpointTo(STANDBY));
        assertThat(chronicle.label()).as("a standby takes no writes").isEqualTo("promoted");
        chronicle.look(GONE, PROMOTED, OTHER, endpointTo(PROMOTED));
        assertThat(chronicle.label()).isEqualTo("routed");
        chronicle.look(REJOINED, PROMOTED, FOLLOWER, endpointTo(PROMOTED));

        Incident incident = chronicle.incident();
        assertThat(incident.outagesOf(Service.WRITE).outages()).isEqualTo(1);
        assertThat(incident.loss().rows()).isEmpty();
        assertThat(incident.loss().seconds()).isEmpty();
        assertThat(ending(chronicle).rpo()).isEqualTo(Objectives.Compliance.UNDECIDED);
    }

    @Test
    void clockThatIsSetAnHourEitherWayChangesNoMeasure() {
        Chronicle straight = failedOver().look(REJOINED, PROMOTED, FOLLOWER);
        Chronicle jumping = Chronicle.steady()
                .wallClockJumps(Duration.ofHours(1))
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .wallClockJumps(Duration.ofHours(-2))
                .look(GONE, PROMOTED, OTHER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)))
                .look(GONE, PROMOTED, FOLLOWER)
                .look(REJOINED, PROMOTED, FOLLOWER);

        assertThat(jumping.incident().outagesOf(Service.WRITE))
                .isEqualTo(straight.incident().outagesOf(Service.WRITE));
        for (Phase phase : Phase.values()) {
            assertThat(phase.bounds(jumping.incident(), jumping.now()))
                    .isEqualTo(phase.bounds(straight.incident(), straight.now()));
        }
    }

    @Test
    void anotherClusterAtTheSameAddressesIsNoFailover() {
        Chronicle chronicle = Chronicle.steady()
                .look(PRIMARY.ofSystem(42), STANDBY.ofSystem(42), OTHER.ofSystem(42), endpointTo(PRIMARY.ofSystem(42)));

        assertThat(chronicle.label()).isEqualTo("stable");
        assertThat(chronicle.ended()).isEmpty();
        assertThat(chronicle.kinds()).containsExactly(Kind.PRIMARY_SEEN);
    }

    @Test
    void anotherClusterInTheMiddleOfAFailoverEndsIt() {
        Chronicle chronicle = Chronicle.steady()
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(PRIMARY.ofSystem(42), STANDBY.ofSystem(42), OTHER.ofSystem(42), endpointTo(PRIMARY.ofSystem(42)));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.CLUSTER_CHANGE);
        assertThat(ending(chronicle).evidence()).contains("another cluster");
        assertThat(chronicle.label()).isEqualTo("stable");
        assertThat(chronicle.state().leader().orElseThrow().identity().systemIdentifier())
                .isEqualTo(PRIMARY.ofSystem(42).identity().systemIdentifier());
    }

    @Test
    void failoverIsTheLastChangeOfPrimaryAsSoonAsWritesReachTheNewOne() {
        Chronicle chronicle = failedOver();

        assertThat(chronicle.label()).isEqualTo("routed");
        assertThat(chronicle.tracking().lastChangeOfPrimary())
                .isEqualTo(chronicle.state().incident());
    }

    @Test
    void incidentIsFoundByItsIdWhileItLastsAndAfterwards() {
        Chronicle chronicle = failedOver();
        Incident ongoing = chronicle.state().incident().orElseThrow();
        assertThat(chronicle.tracking().incident(ongoing.id())).contains(ongoing);

        chronicle.look(REJOINED, PROMOTED, FOLLOWER);
        assertThat(chronicle.tracking().incident(ongoing.id())).contains(chronicle.incident());
        assertThat(chronicle.tracking().incident("another")).isEmpty();
    }

    @Test
    void ofAServiceThatWasNeverTriedNoOutageIsNoNews() {
        Chronicle chronicle = failedOver().look(REJOINED, PROMOTED, FOLLOWER);

        assertThat(outages(chronicle, Service.WRITE))
                .hasValueSatisfying(sum -> assertThat(sum.outages()).isEqualTo(1));
        assertThat(outages(chronicle, Service.READ)).contains(OutageSum.NONE);
        assertThat(outages(chronicle, Service.API)).isEmpty();
    }

    private static Optional<OutageSum> outages(Chronicle chronicle, Service service) {
        return chronicle.tracking().outages(chronicle.incident(), service, chronicle.now());
    }

    @Test
    void phasesOfAnIncidentAreThoseOfItsMilestones() {
        Chronicle chronicle = failedOver().look(REJOINED, PROMOTED, FOLLOWER);
        Incident incident = chronicle.incident();

        for (Phase phase : Phase.values()) {
            assertThat(phase.bounds(incident.milestones()))
                    .isPresent()
                    .isEqualTo(phase.bounds(incident, chronicle.now()));
        }
        assertThat(Phase.DETECTION.bounds(Map.of())).isEmpty();
    }

    @Test
    void phaseThatALaterOneBeganWithoutHasNoDuration() {
        Chronicle chronicle = Chronicle.steady().look(GONE, PROMOTED, OTHER);
        Incident incident = chronicle.state().incident().orElseThrow();

        assertThat(Phase.DETECTION.bounds(incident, chronicle.now())).isEmpty();
        assertThat(Phase.ROUTING.bounds(incident, chronicle.now())).isPresent();
        assertThat(Phase.REDUNDANCY.bounds(incident, chronicle.now())).isEmpty();
    }

    @Test
    void allMembersGoneAndBackIsARestart() {
        Sighting[] gone = {GONE, failed("pg-2", FailureKind.REFUSED), failed("pg-3", FailureKind.REFUSED)};
        Chronicle chronicle = Chronicle.steady().rounds(4, NO_BEAT, gone);
        assertThat(chronicle.label()).isEqualTo("failing_over");
        assertThat(chronicle.tracking().service(Service.READ).open()).isPresent();

        chronicle
                .look(PRIMARY.restarted(), STANDBY.restarted(), OTHER.restarted())
                .beat(ackedAfter(PRIMARY.restarted(), 4, beatsTo(3)));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.RESTART);
        assertThat(chronicle.incident().outagesOf(Service.READ).outages()).isEqualTo(1);
    }

    @Test
    void frozenPrimaryThatThawsWithinTheObjectiveWasABlip() {
        Sighting frozen = failed("pg-1", FailureKind.TIMED_OUT);
        Chronicle chronicle = Chronicle.steady()
                .rounds(5, ambiguous(4), frozen, STANDBY, OTHER)
                .look(PRIMARY, STANDBY, OTHER)
                .beat(acked(PRIMARY, 5));

        assertThat(outcome(chronicle)).isEqualTo(Outcome.BLIP);
        assertThat(chronicle.incident().outagesOf(Service.WRITE).bounds().lower())
                .isPositive();
    }

    private static Outcome outcome(Chronicle chronicle) {
        return ending(chronicle).outcome();
    }

    private static Incident.Ending ending(Chronicle chronicle) {
        return chronicle.incident().ending().orElseThrow();
    }
}
