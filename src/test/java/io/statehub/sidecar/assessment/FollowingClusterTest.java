package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.Observed.standby;
import static io.statehub.sidecar.testing.Senders.asynchronous;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import org.junit.jupiter.api.Test;

/** A cluster without a primary of its own, because it follows another one. */
class FollowingClusterTest {

    private static final ObservedServer DESIGNATED =
            standby("pg-1").sendingTo(asynchronous("pg-2"), asynchronous("pg-3"));

    private final Story story = Story.ofThree();

    @Test
    void clusterThatFollowsAPrimaryElsewhereIsNamedAndNoFault() {
        Assessment follows = story.times(
                10,
                DESIGNATED,
                standby("pg-2"),
                standby("pg-3"),
                endpointTo(DESIGNATED),
                Observed.answered(ApiCheck.LIVENESS),
                Observed.answered(ApiCheck.READINESS));
        assertThat(follows.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.FOLLOWS_OUTSIDE_PRIMARY);
            assertThat(finding.measured()).isEqualTo("pg-1 streams from a primary that is no member");
        });
        assertThat(follows.status(Scope.REPLICATION)).isEqualTo(Status.UP);
        assertThat(follows.status(Scope.DATABASE)).isEqualTo(Status.UP);
        assertThat(follows.readiness().ready()).isTrue();
    }

    @Test
    void clusterThatHadAPrimaryAndLostItFollowsNobodyByDesign() {
        story.sound();
        Assessment lost = story.times(10, DESIGNATED, standby("pg-2"), standby("pg-3"), endpointTo(DESIGNATED));
        assertThat(lost.findings())
                .extracting(Finding::kind)
                .contains(FindingKind.NO_PRIMARY, FindingKind.WRITE_ENDPOINT_READ_ONLY)
                .doesNotContain(FindingKind.FOLLOWS_OUTSIDE_PRIMARY);
    }

    @Test
    void memberThatStreamsFromOutsideIsTheOneThatNoOtherFeeds() {
        ObservedServer designated = standby("pg-3").sendingTo(asynchronous("pg-1"), asynchronous("pg-2"));
        Assessment follows = story.next(standby("pg-1"), standby("pg-2"), designated, endpointTo(designated));
        assertThat(follows.findings())
                .filteredOn(finding -> finding.kind() == FindingKind.FOLLOWS_OUTSIDE_PRIMARY)
                .extracting(Finding::measured)
                .containsExactly("pg-3 streams from a primary that is no member");
    }

    @Test
    void memberThatIsOutOfSightMayBeThePrimaryThatTheOthersFollow() {
        Assessment unseen = story.times(
                10,
                Observed.failed("pg-1", FailureKind.TIMED_OUT),
                standby("pg-2").sendingTo(asynchronous("pg-3")),
                standby("pg-3"));
        assertThat(unseen.findings())
                .extracting(Finding::kind)
                .contains(FindingKind.PRIMARY_UNKNOWN)
                .doesNotContain(FindingKind.FOLLOWS_OUTSIDE_PRIMARY);
    }

    @Test
    void strangerThatAMemberFeedsIsNoMemberThatIsFed() {
        ObservedServer designated =
                standby("pg-1").sendingTo(asynchronous("pg-2"), asynchronous("pg-3"), asynchronous("reporting"));
        Assessment follows = story.next(designated, standby("pg-2"), standby("pg-3"), endpointTo(designated));
        assertThat(follows.findings()).extracting(Finding::kind).contains(FindingKind.FOLLOWS_OUTSIDE_PRIMARY);
    }
}
