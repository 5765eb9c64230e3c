package io.statehub.sidecar.failover;

import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.PROMOTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.statehub.sidecar.assessment.Staleness;
import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.HeldBeats;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The arithmetic of bounds, outages, objectives and the ledger. */
class MeasuresTest {

    private static final Moment START = new Moment(Instant.parse("2026-03-01T12:00:00Z"), 0);
    private static final Objectives OBJECTIVES = new Objectives(millis(2000), millis(500));

    private static Moment at(long millis) {
        return START.plus(millis(millis));
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static Bounds bounds(long lower, long upper) {
        return new Bounds(millis(lower), Optional.of(millis(upper)));
    }

    private static Attempt good(long begun, long end) {
        return new Attempt(Service.WRITE, at(begun), at(end), true, "worked");
    }

    private static Attempt bad(long begun, long end) {
        return new Attempt(Service.WRITE, at(begun), at(end), false, "failed");
    }

    @Test
    void timeBetweenTwoOccurrencesIsBoundedByTheirEdges() {
        Occurrence from = new Occurrence(at(0), at(100), "");
        assertThat(Bounds.between(from, new Occurrence(at(300), at(450), ""))).isEqualTo(bounds(200, 450));
        assertThat(Bounds.between(from, new Occurrence(at(50), at(60), "")))
                .as("in one look")
                .isEqualTo(bounds(0, 60));
        assertThat(Occurrence.between(at(9), at(5), "").earliest()).isEqualTo(at(5));
        assertThat(Occurrence.between(at(3), at(5), "").earliest()).isEqualTo(at(3));
    }

    @Test
    void whatIsReadFromADiskIsCheckedForWhatItPromises() {
        refused(() -> bounds(-1, 2), "no bounds");
        refused(() -> bounds(3, 2), "no bounds");
        refused(() -> new Count(-1, OptionalLong.empty()), "no count");
        refused(() -> new Count(3, OptionalLong.of(2)), "no count");
        refused(() -> new Occurrence(at(2), at(1), "what"), "'what' from");
        refused(() -> new OutageSum(-1, Bounds.ZERO), "-1 outages");
        refused(() -> new Loss(Optional.empty(), -1, Optional.empty(), Optional.empty()), "-1 ambiguous");
        Leader leader = new Leader("pg-1", PRIMARY.identity(), START);
        refused(() -> new Incident.Begin(" ", START, leader, 2, START), "no id");
        refused(() -> new Incident.Begin("i", START, leader, -1, START), "-1 standbys");
        Incident incident = Incident.begin(START, leader, 2, Optional.empty());
        var ending = new Incident.Ending(
                Outcome.SWITCHOVER, START, "", Objectives.Compliance.MET, Objectives.Compliance.MET);
        refused(() -> incident.ended(ending), "switchover without a promotion");
    }

    private static void refused(Runnable made, String why) {
        assertThatIllegalArgumentException().isThrownBy(made::run).withMessageContaining(why);
    }

    @Test
    void boundsOfAttemptsThatOverlapAreNeverTheWrongWayRound() {
        assertThat(Bounds.of(at(0), at(500), Optional.of(at(100)), at(300))).isEqualTo(bounds(500, 500));
    }

    @Test
    void boundsAddUpAsLongAsBothAreThere() {
        assertThat(bounds(1, 2).plus(bounds(10, 20))).isEqualTo(bounds(11, 22));
        assertThat(bounds(1, 2).plus(bounds(10, 20).withoutUpper()).upper()).isEmpty();
        assertThat(OutageSum.NONE.bounds().upper())
                .as("one between two attempts is not seen")
                .isEmpty();
        assertThat(OutageSum.NONE.plus(bounds(1, 2)).plus(bounds(10, 20))).isEqualTo(new OutageSum(2, bounds(11, 22)));
        assertThat(Count.exactly(2).plus(Count.exactly(3))).isEqualTo(Count.exactly(5));
        assertThat(Count.exactly(2).plus(new Count(1, OptionalLong.empty())).atMost())
                .isEmpty();
        assertThat(new Count(2, OptionalLong.of(3)).isExact()).isFalse();
        assertThat(new Count(2, OptionalLong.empty()).isExact()).isFalse();
        assertThat(Count.exactly(2).isExact()).isTrue();
    }

    @Test
    void outageLiesBetweenItsAttempts() {
        Availability availability = Availability.UNTRIED
                .next(good(0, 10))
                .next(bad(1000, 1200))
                .next(bad(2000, 2900))
                .next(good(3000, 3010));
        assertThat(availability.open()).isEmpty();
        assertThat(availability.outages()).isEqualTo(1);
        assertThat(availability.last().orElseThrow().bounds(at(9000))).isEqualTo(bounds(800, 3010));
        assertThat(availability.last().orElseThrow().firstGood()).contains(at(3010));
        assertThat(availability.closed()).isEqualTo(new Availability.Downtime(millis(800), millis(3010)));
        assertThat(availability.lastGood()).contains(at(3000));
        assertThat(availability.lastBad()).contains(at(2000));
        assertThat(availability.downtime(at(9000))).isEqualTo(availability.closed());
        assertThat(availability.next(good(4000, 4010)).last()).isEqualTo(availability.last());
    }

    @Test
    void ongoingOutageLastsUntilNow() {
        Availability availability =
                Availability.UNTRIED.next(good(0, 10)).next(bad(1000, 1200)).next(bad(2000, 2900));
        Outage open = availability.open().orElseThrow();
        assertThat(open.firstGood()).isEmpty();
        assertThat(open.bounds(at(4000))).isEqualTo(bounds(800, 4000));
        assertThat(availability.downtime(at(4000))).isEqualTo(new Availability.Downtime(millis(800), millis(4000)));
        assertThat(open.stillBad(at(500), false).lastBad())
                .as("attempts may overlap")
                .isEqualTo(at(2000));
    }

    @Test
    void outageThatWasThereFromTheStartHasNoUpperBound() {
        Availability availability = Availability.UNTRIED.next(bad(0, 100)).next(good(1000, 1010));
        assertThat(availability.last().orElseThrow().bounds(at(2000)).upper()).isEmpty();
        assertThat(availability.closed().upper()).isEqualTo(millis(910));
    }

    @Test
    void objectiveIsMetOrMissedOnlyWhereTheErrorLeavesNoDoubt() {
        assertThat(OBJECTIVES.rtoOf(bounds(0, 2000))).isEqualTo(Objectives.Compliance.MET);
        assertThat(OBJECTIVES.rtoOf(bounds(1500, 2001))).isEqualTo(Objectives.Compliance.UNDECIDED);
        assertThat(OBJECTIVES.rtoOf(bounds(2001, 3000))).isEqualTo(Objectives.Compliance.MISSED);
        assertThat(OBJECTIVES.rtoOf(bounds(2000, 3000).withoutUpper())).isEqualTo(Objectives.Compliance.UNDECIDED);
        assertThat(OBJECTIVES.rtoOf(bounds(2001, 3000).withoutUpper())).isEqualTo(Objectives.Compliance.MISSED);
    }

    @Test
    void pointObjectiveGoesByTheTimeThatWasLost() {
        assertThat(OBJECTIVES.rpoOf(Loss.NOT_JUDGED)).isEqualTo(Objectives.Compliance.UNDECIDED);
        assertThat(OBJECTIVES.rpoOf(loss(Count.exactly(0), bounds(9000, 9000)))).isEqualTo(Objectives.Compliance.MET);
        assertThat(OBJECTIVES.rpoOf(loss(Count.exactly(1), bounds(100, 500)))).isEqualTo(Objectives.Compliance.MET);
        assertThat(OBJECTIVES.rpoOf(loss(Count.exactly(1), bounds(501, 900)))).isEqualTo(Objectives.Compliance.MISSED);
        Objectives none = new Objectives(millis(2000), Duration.ZERO);
        assertThat(none.rpoOf(loss(Count.exactly(1), bounds(0, 0)))).isEqualTo(Objectives.Compliance.MISSED);
        assertThat(none.rpoOf(
                        loss(new Count(0, OptionalLong.empty()), bounds(0, 0).withoutUpper())))
                .as("there may be some that nobody remembers")
                .isEqualTo(Objectives.Compliance.UNDECIDED);
    }

    private static Loss loss(Count rows, Bounds seconds) {
        return Loss.NOT_JUDGED.plus(rows, 0, seconds);
    }

    private static HeartbeatObservation beat(ObservedServer server, long sequence) {
        return (HeartbeatObservation) Observed.acked(server, sequence).at(at(sequence * 1000));
    }

    private static WriteLedger ledger(int capacity, long beats) {
        WriteLedger ledger = WriteLedger.empty(capacity);
        for (long sequence = 1; sequence <= beats; sequence++) {
            ledger = ledger.next(beat(PRIMARY.writingAt(new Lsn(sequence * 100)), sequence));
        }
        return ledger;
    }

    private static LossAudit audit(WriteLedger ledger, HeldBeats held) {
        return LossAudit.of(ledger, (HeartbeatObservation.Acked)
                Observed.ackedAfter(PROMOTED, 99, held).at(at(99_000)));
    }

    @Test
    void ledgerKeepsTheNewestBeatsAndNoneThatWasNotCommitted() {
        WriteLedger ledger = ledger(5, 8);
        assertThat(ledger.entries())
                .extracting(entry -> entry.beat().sequence())
                .containsExactly(4L, 5L, 6L, 7L, 8L);
        assertThat(ledger.newest(2).entries())
                .extracting(entry -> entry.beat().sequence())
                .containsExactly(7L, 8L);
        assertThat(ledger.newest(9).entries()).hasSize(5);
        HeartbeatObservation failed =
                (HeartbeatObservation) Observed.beatFailed(FailureKind.REFUSED).at(at(9000));
        assertThat(ledger.next(failed)).isEqualTo(ledger);
        assertThat(WriteLedger.empty(5000).capacity()).isEqualTo(WriteLedger.MAX_CAPACITY);
    }

    @Test
    void onlyBeatsOfOtherServersAreJudgedAndOnlyThoseBeforeTheFirstOne() {
        LossAudit audit = audit(ledger(10, 5), Observed.beatsTo(3));
        assertThat(audit.rows()).isEqualTo(Count.exactly(2));
        assertThat(audit.lost()).extracting(entry -> entry.beat().sequence()).containsExactly(4L, 5L);
        assertThat(audit.seconds()).isEqualTo(bounds(1997, 2003));
        assertThat(audit(ledger(10, 5).next(beat(PROMOTED, 6)), Observed.beatsTo(5))
                        .rows())
                .as("its own beats, whatever became of its table")
                .isEqualTo(Count.exactly(0));
        assertThat(audit(ledger(10, 5).next(beat(PRIMARY, 120)), Observed.beatsTo(5))
                        .rows())
                .as("acknowledged elsewhere after it")
                .isEqualTo(Count.exactly(0));
    }

    @Test
    void whereTheOldestRememberedBeatIsLostOlderOnesMayBeToo() {
        assertThat(audit(ledger(5, 8), Observed.beatsTo(3)).rows()).isEqualTo(new Count(5, OptionalLong.empty()));
        assertThat(audit(ledger(5, 8), Observed.beatsTo(4)).rows()).isEqualTo(Count.exactly(4));
        assertThat(audit(ledger(10, 2), Observed.beatsTo(0)).rows())
                .as("there were none before the first")
                .isEqualTo(Count.exactly(2));
        assertThat(audit(ledger(10, 2), Observed.beatsTo(0)).seconds().upper())
                .as("no survivor to count from")
                .isEmpty();
    }

    @Test
    void lostBytesLieBetweenTheForkAndTheLastAcknowledgedPosition() {
        Leader old = new Leader("pg-1", PRIMARY.identity(), START);
        WriteLedger ledger = ledger(10, 3);
        LossAudit.Acked acked = LossAudit.Acked.by(old, ledger);
        assertThat(acked).isEqualTo(new LossAudit.Acked(Optional.of(new Lsn(200)), Optional.of(new Lsn(300))));
        assertThat(LossAudit.Acked.by(old, WriteLedger.empty(10)).atMost())
                .as("without heartbeats, where it was seen last")
                .isEqualTo(PRIMARY.identity().position());
        assertThat(LossAudit.Acked.by(old, ledger(10, 1)).atLeast()).isEmpty();
    }

    @Test
    void stalenessIsTheAgeOfTheBeatHeldAndOfTheFirstOneMissing() {
        WriteLedger ledger = ledger(10, 5);
        assertThat(ledger.staleness(new Beat(Observed.RUN, 3), at(5100), at(5110)))
                .contains(new Staleness(millis(1100), Optional.of(millis(2113))));
        assertThat(ledger.staleness(new Beat(Observed.RUN, 5), at(5100), at(5110)))
                .contains(new Staleness(Duration.ZERO, Optional.of(millis(113))));
        assertThat(ledger.staleness(new Beat("another", 5), at(5100), at(5110))).isEmpty();
    }

    @Test
    void quietLedgerKeepsWhatItsOwnProcessWrote() {
        WriteLedger complete = ledger(10, 3);
        assertThat(complete.settled()).isSameAs(complete);
        WriteLedger gap = new WriteLedger(complete.entries(), 10, false);
        assertThat(gap.settled().entries()).hasSize(3);
        assertThat(gap.settled().complete()).isTrue();
        assertThat(complete.without(List.of(complete.entries().get(1))).entries())
                .extracting(entry -> entry.beat().sequence())
                .containsExactly(1L, 3L);
    }

    @Test
    void outcomesAndBeatsAreCountedButForBeatsThatWereNotSent() {
        Tally tally = Tally.NOTHING
                .ended(Outcome.BLIP)
                .ended(Outcome.FAILOVER)
                .ended(Outcome.BLIP)
                .lost(2)
                .lost(3);
        for (Sighting beat : List.of(
                Observed.acked(PRIMARY, 1),
                Observed.acked(PRIMARY, 2),
                Observed.ambiguous(3),
                Observed.ambiguous(4),
                Observed.ambiguous(5),
                Observed.beatFailed(FailureKind.REFUSED),
                Observed.beatFailed(FailureKind.SKIPPED),
                Observed.beatFailed(FailureKind.STANDING_BY))) {
            tally = tally.beat((HeartbeatObservation) beat.at(START));
        }

        assertThat(tally).isEqualTo(new Tally(Map.of(Outcome.BLIP, 2L, Outcome.FAILOVER, 1L), 5, 2, 1, 3));
        assertThat(tally.outcome(Outcome.RESTART)).isZero();
    }

    @Test
    void whereEveryWriteIsKnownThoseThatDidNotSurviveAreLost() {
        List<HeartbeatObservation> written = List.of(
                beat(PRIMARY, 1),
                beat(PRIMARY, 2),
                (HeartbeatObservation) Observed.beatFailed(FailureKind.REFUSED).at(at(2500)),
                (HeartbeatObservation) Observed.ambiguous(3).at(at(3000)),
                beat(PRIMARY, 4));

        Loss loss = AuditedWrites.loss(written, Observed.beatsTo(2));

        assertThat(loss.rows()).contains(Count.exactly(1));
        assertThat(loss.ambiguous()).isEqualTo(1);
        assertThat(loss.seconds()).contains(bounds(1997, 2003));
        assertThat(loss.bytes()).isEmpty();
    }

    @Test
    void lossThatIsFoundLaterAddsItsRowsAndTheLongerTimeStands() {
        Loss first = Loss.NOT_JUDGED.plus(Count.exactly(2), 4, bounds(900, 950));

        assertThat(first.plus(Count.exactly(1), 3, bounds(100, 500)))
                .isEqualTo(new Loss(Optional.of(Count.exactly(3)), 3, Optional.of(bounds(900, 950)), Optional.empty()));
        assertThat(first.plus(Count.exactly(1), 3, bounds(1000, 1500)).seconds())
                .contains(bounds(1000, 1500));
    }

    @Test
    void whereBeatsAreNotRememberedTheLossOfNoneThatIsHasNoUpperBound() {
        WriteLedger gap = new WriteLedger(ledger(10, 3).entries(), 10, false);
        assertThat(audit(gap, Observed.beatsTo(3)).rows()).isEqualTo(new Count(0, OptionalLong.empty()));
        assertThat(audit(gap, Observed.beatsTo(3)).seconds())
                .isEqualTo(bounds(0, 0).withoutUpper());
        assertThat(audit(ledger(10, 3), Observed.beatsTo(3)).seconds()).isEqualTo(bounds(0, 0));
    }

    @Test
    void successorOfASidecarCountsTheOutageThatItIsHandedAndNoOther() {
        Outage open = Outage.begin(Optional.of(at(0)), bad(1000, 1200));
        assertThat(Availability.resumed(Optional.of(at(0)), Optional.of(at(1000)), Optional.of(open), Optional.empty())
                        .outages())
                .isEqualTo(1);
        assertThat(Availability.resumed(Optional.of(at(0)), Optional.empty(), Optional.empty(), Optional.of(open))
                        .outages())
                .isZero();
    }

    @Test
    void countIsDescribedWithItsError() {
        assertThat(Count.exactly(3).described()).isEqualTo("3");
        assertThat(new Count(3, OptionalLong.of(5)).described()).isEqualTo("3 to 5");
        assertThat(new Count(3, OptionalLong.empty()).described()).isEqualTo("at least 3");
    }

    @Test
    void redundancyOfQuietTimesIsThatFromBeforeARecentChange() {
        Redundancy two = Redundancy.none(START).next(2, at(0));
        Redundancy one = two.next(1, at(60_000));
        assertThat(one.next(1, at(61_000))).isSameAs(one);
        assertThat(one.inQuietTimes(at(69_999))).isEqualTo(2);
        assertThat(one.inQuietTimes(at(70_000))).isEqualTo(1);
        assertThat(two.inQuietTimes(at(60_000))).isEqualTo(2);
    }
}
