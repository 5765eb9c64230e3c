package io.statehub.sidecar.failover;

import static io.statehub.sidecar.testing.Members.GONE;
import static io.statehub.sidecar.testing.Members.NO_BEAT;
import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.acked;
import static io.statehub.sidecar.testing.Observed.ackedAfter;
import static io.statehub.sidecar.testing.Observed.beatFailed;
import static io.statehub.sidecar.testing.Observed.beatsTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Observed.lost;
import static io.statehub.sidecar.testing.Telling.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.testing.Sighting;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rounds that this process was too slow for begin no incident and judge none, and widen the bounds of an outage. */
class OwnPausesTest {

    private static final Duration PAUSE = Duration.ofSeconds(90);

    private static Sighting tooLate(String member) {
        return failed(member, FailureKind.OWN_DELAY);
    }

    @Test
    void roundsThatThisProcessWasTooSlowForBeginNoIncident() {
        Chronicle chronicle = Chronicle.steady();
        for (int i = 0; i < 10; i++) {
            chronicle
                    .look(tooLate("pg-1"), tooLate("pg-2"), tooLate("pg-3"), lost(SECOND))
                    .beat(beatFailed(FailureKind.OWN_DELAY));
        }
        chronicle.after(PAUSE, tooLate("pg-1"), tooLate("pg-2"), tooLate("pg-3"), lost(PAUSE));
        chronicle.look(PRIMARY, STANDBY, OTHER).beat(acked(PRIMARY, 4));

        assertThat(chronicle.label()).isEqualTo("stable");
        assertThat(chronicle.ended()).isEmpty();
        assertThat(chronicle.tracking().service(Service.WRITE).outages()).isZero();
        assertThat(chronicle.kinds()).doesNotContain(Kind.PRIMARY_SUSPECT, Kind.REDUNDANCY_LOST);
    }

    @Test
    void pauseWithinAnOutageWidensItsBoundsAndJudgesNoObjective() {
        Chronicle chronicle = Chronicle.steady()
                .look(GONE, STANDBY, OTHER)
                .beat(NO_BEAT)
                .after(PAUSE, tooLate("pg-1"), tooLate("pg-2"), tooLate("pg-3"), lost(PAUSE))
                .after(Duration.ZERO, beatFailed(FailureKind.OWN_DELAY), lost(PAUSE))
                .look(GONE, STANDBY, OTHER)
                .beat(NO_BEAT)
                .look(PRIMARY, STANDBY, OTHER)
                .beat(acked(PRIMARY, 4));

        Incident record = chronicle.incident();
        Bounds writes = record.outagesOf(Service.WRITE).bounds();
        assertThat(writes.lower()).as("it may have worked meanwhile").isLessThan(SECOND.multipliedBy(2));
        assertThat(writes.upper().orElseThrow()).as("or not").isGreaterThan(PAUSE);
        assertThat(record.ending().orElseThrow().rto()).isEqualTo(Objectives.Compliance.UNDECIDED);
        assertThat(record.ending().orElseThrow().outcome())
                .as("nobody looked whether somebody took over")
                .isEqualTo(Outcome.BLIP);
        assertThat(chronicle.kinds()).doesNotContain(Kind.NO_CANDIDATE);
    }

    @Test
    void nobodyIsFoundWantingInARoundThatCameTooLate() {
        Chronicle chronicle = Chronicle.steady().rounds(3, NO_BEAT, GONE, STANDBY, OTHER);

        chronicle.after(PAUSE, GONE, STANDBY, OTHER, lost(PAUSE));

        assertThat(chronicle.label()).isEqualTo("failing_over");
        assertThat(chronicle.kinds()).doesNotContain(Kind.NO_CANDIDATE);
    }

    @Test
    void successorDoesNotCountTheTimeInWhichNobodyLookedIntoTheLowerBound() {
        Chronicle chronicle = Chronicle.steady().rounds(2, NO_BEAT, GONE, STANDBY, OTHER);

        chronicle.after(PAUSE);
        chronicle
                .restartedWith(handedDown(chronicle.tracking()))
                .rounds(1, NO_BEAT, GONE, STANDBY, OTHER)
                .look(PRIMARY.restarted(), STANDBY, OTHER)
                .beat(ackedAfter(PRIMARY.restarted(), 9, beatsTo(3)));

        Bounds writes = chronicle.incident().outagesOf(Service.WRITE).bounds();
        assertThat(writes.lower()).isLessThan(SECOND.multipliedBy(5));
        assertThat(writes.upper().orElseThrow()).isGreaterThan(PAUSE);
    }

    /** As the journal gives it to a successor. */
    private static Tracking handedDown(Tracking tracking) {
        Tracking.Draft draft = new Tracking.Draft(tracking);
        Availability writes = tracking.service(Service.WRITE);
        draft.services = Map.of(
                Service.WRITE, Availability.resumed(writes.lastGood(), writes.lastBad(), writes.open(), writes.last()));
        return draft.done();
    }

    @Test
    void timeInWhichOurPasswordHadExpiredIsNotCountedIntoTheLowerBoundEither() {
        Sighting[] refused = {GONE, failed("pg-2", FailureKind.REFUSED), failed("pg-3", FailureKind.REFUSED)};
        Sighting[] unseen = {
            failed("pg-1", FailureKind.AUTHENTICATION),
            failed("pg-2", FailureKind.AUTHENTICATION),
            failed("pg-3", FailureKind.AUTHENTICATION)
        };
        Chronicle chronicle =
                Chronicle.steady().look(refused).after(PAUSE, unseen).look(refused);

        Availability reads = chronicle.look(PRIMARY, STANDBY, OTHER).tracking().service(Service.READ);

        assertThat(reads.last().orElseThrow().bounds(chronicle.now()).lower()).isZero();
        assertThat(reads.last().orElseThrow().unwatched()).isGreaterThan(PAUSE);
    }

    @Test
    void standbysThatAFaultOfOursHidesAreNoLostRedundancy() {
        Chronicle chronicle = Chronicle.steady();
        for (int i = 0; i < 5; i++) {
            chronicle.look(PRIMARY, failed("pg-2", FailureKind.AUTHENTICATION), OTHER);
        }
        assertThat(chronicle.kinds()).doesNotContain(Kind.REDUNDANCY_LOST);

        chronicle.look(PRIMARY, STANDBY.withoutReceiver(), OTHER);
        assertThat(chronicle.kinds()).contains(Kind.REDUNDANCY_LOST);
    }
}
