package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.Observed.standby;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.WalSender;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A cluster without a primary of its own, because it follows another one. */
class FollowingClusterTest {

    private static final ObservedServer DESIGNATED = standby("pg-1").sendingTo(sender("pg-2"), sender("pg-3"));

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

    private static WalSender sender(String name) {
        OptionalLong none = OptionalLong.of(0);
        return new WalSender(name, "streaming", "async", none, none, none, none, Optional.empty());
    }
}
