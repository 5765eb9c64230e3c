package io.statehub.sidecar.failover;

import static io.statehub.sidecar.testing.Members.GONE;
import static io.statehub.sidecar.testing.Members.NO_BEAT;
import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.REJOINED;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.acked;
import static io.statehub.sidecar.testing.Observed.ackedAfter;
import static io.statehub.sidecar.testing.Observed.beatsTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Sighting;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * Positions are compared only where both are known to be on one history: the number of a timeline alone doesn't tell.
 */
class HistoriesTest {

    private static final Sighting SECOND_GONE = failed("pg-2", FailureKind.REFUSED);
    private static final Lsn FORK = new Lsn(1000);

    private static Loss loss(Chronicle chronicle) {
        return chronicle.state().incident().orElseThrow().loss();
    }

    /** The primary acknowledges beats 4 and 5 at these positions. */
    private static Chronicle written(ObservedServer standby, ObservedServer other) {
        return Chronicle.steady()
                .look(PRIMARY, standby, other)
                .beat(acked(PRIMARY.writingAt(new Lsn(1200)), 4))
                .look(PRIMARY, standby, other)
                .beat(acked(PRIMARY.writingAt(new Lsn(1500)), 5));
    }

    @Test
    void logThatWasLeftBehindOnTheHistoryBothWereSeenOnIsCounted() {
        ObservedServer standby = STANDBY.writingAt(FORK);
        ObservedServer promoted = standby.promoted().forkedAt(FORK);

        Chronicle chronicle =
                written(standby, OTHER).rounds(3, NO_BEAT, GONE, standby, OTHER).look(GONE, promoted, OTHER);

        assertThat(loss(chronicle).bytes()).contains(new Count(200, OptionalLong.of(500)));
    }

    @Test
    void forkThatNobodyTellsLiesBetweenWhereTheStandbyWasSeenLastAndWhereItStandsNow() {
        ObservedServer standby = STANDBY.writingAt(FORK);

        Chronicle chronicle = written(standby, OTHER)
                .rounds(3, NO_BEAT, GONE, standby, OTHER)
                .look(GONE, standby.promoted().writingAt(new Lsn(1100)), OTHER);

        assertThat(loss(chronicle).bytes()).contains(new Count(100, OptionalLong.of(500)));
    }

    @Test
    void standbyWhoseReceiverIsGoneIsOnTheHistoryThatItsRunReceivedLast() {
        ObservedServer standby = STANDBY.writingAt(FORK);

        Chronicle chronicle = written(standby, OTHER)
                .rounds(3, NO_BEAT, GONE, standby.withoutReceiver(), OTHER.withoutReceiver())
                .look(GONE, standby.promoted().forkedAt(FORK), OTHER);

        assertThat(loss(chronicle).bytes()).contains(new Count(200, OptionalLong.of(500)));
    }

    @Test
    void standbyThatWasRestartedWithoutAReceiverMayFollowAnyHistory() {
        ObservedServer standby = STANDBY.writingAt(FORK);

        Chronicle chronicle = written(standby, OTHER)
                .rounds(3, NO_BEAT, GONE, standby.restarted().withoutReceiver(), OTHER)
                .look(GONE, standby.restarted().promoted().forkedAt(FORK), OTHER);

        assertThat(loss(chronicle).bytes()).isEmpty();
    }

    /**
     * pg-2 is promoted on a timeline 2, and dies before pg-3 hears of it, which is promoted on a timeline 2 of its own.
     */
    @Test
    void twoTimelinesOfOneNumberAreNotComparedAndTheRowsAreCountedAllTheSame() {
        ObservedServer first = STANDBY.promoted().writingAt(new Lsn(2000));
        ObservedServer second = OTHER.promoted().writingAt(new Lsn(9000)).forkedAt(FORK);
        Chronicle chronicle = Chronicle.steady()
                .rounds(3, NO_BEAT, GONE, STANDBY, OTHER)
                .look(GONE, first, OTHER)
                .beat(ackedAfter(first, 4, beatsTo(3)))
                .beat(acked(first, 5))
                .rounds(4, NO_BEAT, GONE, SECOND_GONE, OTHER)
                .look(GONE, SECOND_GONE, second)
                .beat(ackedAfter(second, 9, beatsTo(3)));

        assertThat(chronicle.label()).isEqualTo("routed");
        assertThat(loss(chronicle).rows()).contains(Count.exactly(2));
        assertThat(loss(chronicle).bytes()).isEmpty();
    }

    @Test
    void standbyOfATimelineThatTwoMembersWroteIsOnOneOfTwoHistories() {
        ObservedServer first = STANDBY.promoted();
        ObservedServer second = OTHER.promoted();
        ObservedServer rebuilt = REJOINED;
        ObservedServer third = rebuilt.promoted().forkedAt(FORK);
        Chronicle chronicle = Chronicle.steady()
                .look(GONE, first, OTHER)
                .beat(ackedAfter(first, 4, beatsTo(3)))
                .rounds(4, NO_BEAT, GONE, SECOND_GONE, OTHER)
                .look(GONE, SECOND_GONE, second)
                .beat(ackedAfter(second, 9, beatsTo(4)))
                .look(rebuilt, SECOND_GONE, second)
                .rounds(4, NO_BEAT, rebuilt, SECOND_GONE, failed("pg-3", FailureKind.REFUSED))
                .look(third, SECOND_GONE, failed("pg-3", FailureKind.REFUSED));

        assertThat(chronicle.label()).isEqualTo("promoted");
        assertThat(loss(chronicle).bytes()).isEmpty();
    }

    @Test
    void timelineThatIsNotTheVeryNextMayHaveLeftAnother() {
        ObservedServer skipping = STANDBY.promoted().onTimeline(3).forkedAt(FORK);

        Chronicle chronicle =
                Chronicle.steady().rounds(3, NO_BEAT, GONE, STANDBY, OTHER).look(GONE, skipping, OTHER);

        assertThat(loss(chronicle).bytes()).isEmpty();
    }

    @Test
    void oldPrimaryOnTheNewPrimarysNumberIsSaidNeitherToFollowNorToHaveDiverged() {
        ObservedServer first = STANDBY.promoted();
        ObservedServer second = OTHER.promoted();
        Chronicle chronicle = Chronicle.steady()
                .look(GONE, first, OTHER)
                .beat(ackedAfter(first, 4, beatsTo(3)))
                .rounds(4, NO_BEAT, GONE, SECOND_GONE, OTHER)
                .look(GONE, SECOND_GONE, second)
                .look(GONE, STANDBY.restarted().onTimeline(2), second);

        assertThat(chronicle.kinds()).doesNotContain(Kind.OLD_PRIMARY_REJOINED, Kind.OLD_PRIMARY_DIVERGED);
    }
}
