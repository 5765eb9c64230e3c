package io.statehub.sidecar.failover;

import static io.statehub.sidecar.testing.Members.FOLLOWER;
import static io.statehub.sidecar.testing.Members.GONE;
import static io.statehub.sidecar.testing.Members.NO_BEAT;
import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.PROMOTED;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.acked;
import static io.statehub.sidecar.testing.Observed.ackedAfter;
import static io.statehub.sidecar.testing.Observed.beatsTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Telling.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Sighting;
import org.junit.jupiter.api.Test;

/** Each outage belongs to one record at most: what begins after writes were back is the next one's alone. */
class IncidentBoundsTest {

    private static final Sighting SECOND_GONE = failed("pg-2", FailureKind.REFUSED);
    private static final ObservedServer THIRD = OTHER.promoted().onTimeline(3);

    /** pg-1 was killed and pg-2 promoted, which took its first write just now; pg-1 is not back yet. */
    private static Chronicle routed() {
        return Chronicle.steady()
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, PROMOTED, OTHER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(3)));
    }

    private static OutageSum writes(Incident incident) {
        return incident.outagesOf(Service.WRITE);
    }

    @Test
    void secondOutageAfterWritesWereBackIsNotCountedIntoTheFirstRecord() {
        Chronicle chronicle = routed().rounds(22, acked(PROMOTED, 5), GONE, PROMOTED, FOLLOWER);
        Bounds first = writes(chronicle.state().incident().orElseThrow()).bounds();

        chronicle.rounds(4, NO_BEAT, GONE, SECOND_GONE, FOLLOWER);

        Incident record = chronicle.incident();
        assertThat(writes(record).outages()).isEqualTo(1);
        assertThat(writes(record).bounds()).isEqualTo(first);
        assertThat(record.ending().orElseThrow().rto()).isEqualTo(Objectives.Compliance.MET);
        assertThat(chronicle
                        .tracking()
                        .outages(chronicle.state().incident().orElseThrow(), Service.WRITE, chronicle.now())
                        .orElseThrow()
                        .outages())
                .isEqualTo(1);
    }

    /** A look at the members every half second may see the primary before a beat that works, and then not again. */
    @Test
    void outageThatWasThereFromTheStartAndEndedSinceThePrimaryWasSeenLeavesTheRecordWithoutAnUpperBound() {
        Chronicle chronicle = Chronicle.ofThree()
                .beat(NO_BEAT)
                .look(PRIMARY, STANDBY, OTHER)
                .beat(acked(PRIMARY, 1))
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, PROMOTED, OTHER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(1)));

        OutageSum writes = writes(chronicle.state().incident().orElseThrow());
        assertThat(writes.outages()).isEqualTo(2);
        assertThat(writes.bounds().upper()).isEmpty();
    }

    @Test
    void outageThatWasThereFromTheStartAndEndedBeforeIsNoneOfTheRecords() {
        Chronicle chronicle = Chronicle.ofThree()
                .beat(NO_BEAT)
                .look(PRIMARY, STANDBY, OTHER)
                .beat(acked(PRIMARY, 1))
                .look(PRIMARY, STANDBY, OTHER)
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, PROMOTED, OTHER)
                .beat(ackedAfter(PROMOTED, 4, beatsTo(1)));

        OutageSum writes = writes(chronicle.state().incident().orElseThrow());
        assertThat(writes.outages()).isEqualTo(1);
        assertThat(writes.bounds().upper()).isPresent();
    }

    @Test
    void twoFailoversFourSecondsApartHaveAnIncidentEachWithBothBounds() {
        Chronicle chronicle = routed().rounds(4, acked(PROMOTED, 5), GONE, PROMOTED, FOLLOWER)
                .rounds(3, NO_BEAT, GONE, SECOND_GONE, FOLLOWER)
                .look(GONE, SECOND_GONE, THIRD)
                .beat(ackedAfter(THIRD, 9, beatsTo(5)))
                .look(
                        Observed.standby("pg-1").restarted().onTimeline(3),
                        STANDBY.restarted().onTimeline(3),
                        THIRD);

        assertThat(chronicle.ended()).hasSize(2);
        for (Incident record : chronicle.ended()) {
            assertThat(record.ending().orElseThrow().outcome()).isEqualTo(Outcome.FAILOVER);
            assertThat(writes(record).outages()).isEqualTo(1);
            assertThat(writes(record).bounds().upper().orElseThrow())
                    .isBetween(SECOND.multipliedBy(3), SECOND.multipliedBy(5));
            assertThat(record.ending().orElseThrow().rto()).isEqualTo(Objectives.Compliance.MET);
        }
    }

    @Test
    void outageThatEndedWithTheRecordBeforeIsNotAdoptedByTheNext() {
        Chronicle chronicle = Chronicle.steady()
                .look(GONE, STANDBY, OTHER)
                .beat(NO_BEAT)
                .look(PRIMARY, STANDBY, OTHER)
                .beat(acked(PRIMARY, 4));
        assertThat(writes(chronicle.incident()).outages()).isEqualTo(1);

        chronicle.look(GONE, STANDBY, OTHER).look(PRIMARY, STANDBY, OTHER).beat(acked(PRIMARY, 5));

        assertThat(writes(chronicle.ended().get(1)).outages()).isZero();
        assertThat(chronicle.tracking().service(Service.WRITE).outages()).isEqualTo(1);
    }

    @Test
    void outageOfReadsThatNeverEndedBelongsToTheFirstRecordOnly() {
        Sighting[] allGone = {GONE, SECOND_GONE, failed("pg-3", FailureKind.REFUSED)};
        Chronicle chronicle = Chronicle.steady().look(allGone).look(PRIMARY, STANDBY, OTHER);
        chronicle.beat(acked(PRIMARY, 4));
        assertThat(chronicle.incident().outagesOf(Service.READ).outages()).isEqualTo(1);

        chronicle
                .rounds(1, acked(PRIMARY, 5), GONE, STANDBY, OTHER)
                .look(PRIMARY, STANDBY, OTHER)
                .beat(acked(PRIMARY, 6));

        assertThat(chronicle.ended().get(1).outagesOf(Service.READ).outages()).isZero();
    }

    @Test
    void whatBreaksWhileOnlyAnotherMembersFateIsWaitedForIsTheNextIncident() {
        Chronicle chronicle = Chronicle.steady()
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, PROMOTED, OTHER)
                .rounds(3, NO_BEAT, GONE, SECOND_GONE, OTHER)
                .rounds(3, acked(PRIMARY.restarted(), 4), PRIMARY.restarted(), SECOND_GONE, OTHER);
        assertThat(chronicle.label()).isEqualTo("primary_returned");

        chronicle.rounds(3, NO_BEAT, GONE, SECOND_GONE, OTHER);

        assertThat(chronicle.label()).isEqualTo("failing_over");
        assertThat(writes(chronicle.incident()).outages()).isEqualTo(1);
        assertThat(writes(chronicle.incident()).bounds().upper()).isPresent();
        assertThat(chronicle.incident().ending().orElseThrow().evidence()).contains("became of pg-2");
    }
}
