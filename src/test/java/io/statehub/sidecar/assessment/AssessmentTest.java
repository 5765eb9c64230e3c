package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.ambiguous;
import static io.statehub.sidecar.testing.Observed.answered;
import static io.statehub.sidecar.testing.Observed.beatFailed;
import static io.statehub.sidecar.testing.Observed.endpointFailed;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Observed.primary;
import static io.statehub.sidecar.testing.Observed.standby;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.FailureKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AssessmentTest {

    @ParameterizedTest
    @EnumSource
    void everyScopeIsUnknownBeforeAnythingWasObserved(Scope scope) {
        Assessment unobserved = Story.ofThree().current();
        assertThat(unobserved.status(scope)).isEqualTo(Status.UNKNOWN);
        assertThat(unobserved.verdict()).isEqualTo(Status.UNKNOWN);
        assertThat(unobserved.findings()).isEmpty();
    }

    @Test
    void scopeThatWasNotAskedStaysUnknown() {
        Assessment partly = Story.ofThree().next(answered(ApiCheck.LIVENESS), answered(ApiCheck.READINESS));
        assertThat(partly.status(Scope.API)).isEqualTo(Status.UP);
        assertThat(partly.status(Scope.DATABASE)).isEqualTo(Status.UNKNOWN);
        assertThat(partly.status(Scope.REPLICATION)).isEqualTo(Status.UNKNOWN);
        assertThat(partly.verdict()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void verdictIsTheWorstOfAllScopes() {
        Story story = Story.ofSoundCluster();
        assertThat(story.current().verdict()).isEqualTo(Status.UP);
        assertThat(story.next(STANDBY.withoutReceiver()).verdict()).isEqualTo(Status.DEGRADED);
        assertThat(story.times(3, endpointFailed(FailureKind.REFUSED)).verdict())
                .isEqualTo(Status.DOWN);
    }

    @Test
    void scopesAreInTheirOrderAndKubernetesIsNoneWhereItIsNotAsked() {
        Scope[] withoutKubernetes = Stream.of(Scope.values())
                .filter(scope -> scope != Scope.KUBERNETES)
                .toArray(Scope[]::new);
        assertThat(Story.ofThree().current().scopes()).containsExactly(withoutKubernetes);
        assertThat(Story.ofSoundCluster().current().scopes()).containsExactly(withoutKubernetes);
    }

    @Test
    void writesAreTakenWhereTheWriteEndpointSaysSoAndNothingSpeaksAgainstIt() {
        assertThat(Story.ofSoundCluster().current().writable()).contains(true);
        assertThat(Story.ofSoundCluster().next(endpointTo(STANDBY)).writable()).contains(false);
        assertThat(Story.ofSoundCluster().times(3, ambiguous(1)).writable())
                .as("none is acknowledged")
                .contains(false);
        assertThat(Story.ofSoundCluster()
                        .times(
                                3,
                                SightWords.read("commits wait for ANY 1 (\"pg-2\") of which none streams")
                                        .sightings())
                        .writable())
                .as("standbys that commits wait for are missing")
                .contains(false);
    }

    @Test
    void whetherWritesAreTakenIsNotKnownWithoutAnAnswerOrWhereOurOwnMayFailForUsAlone() {
        assertThat(Story.ofThree().next(PRIMARY, STANDBY, OTHER).writable()).isEmpty();
        assertThat(Story.ofSoundCluster()
                        .times(3, beatFailed(FailureKind.TIMED_OUT))
                        .writable())
                .isEmpty();
    }

    @Test
    void oneDeadStandbyDegradesReplicationAndNothingElse() {
        Story story = Story.ofSoundCluster();
        Assessment assessment = story.times(3, failed("pg-3", FailureKind.REFUSED));
        assertThat(assessment.status(Scope.REPLICATION)).isEqualTo(Status.DEGRADED);
        assertThat(assessment.status(Scope.DATABASE)).isEqualTo(Status.UP);
        assertThat(assessment.status(Scope.API)).isEqualTo(Status.UP);
        assertThat(assessment.findings(Scope.REPLICATION))
                .extracting(Finding::kind)
                .containsExactly(FindingKind.MEMBER_DOWN);
        assertThat(assessment.findings(Scope.API)).isEmpty();
    }

    @Test
    void allTurnsUnknownWhenNothingIsHeardAnyMore() {
        Story story = Story.ofSoundCluster();
        Assessment silent = story.after(Story.STALE_AFTER.multipliedBy(2).plusNanos(1));
        for (Scope scope : List.of(Scope.API, Scope.DATABASE, Scope.REPLICATION)) {
            assertThat(silent.status(scope)).as("%s", scope).isEqualTo(Status.UNKNOWN);
        }
        assertThat(silent.readiness().ready()).isFalse();
    }

    @Test
    void seldomAskedReadinessPathGoesStaleLater() {
        Story story = Story.ofSoundCluster();
        Assessment later = story.after(Story.STALE_AFTER.plusNanos(1), answered(ApiCheck.LIVENESS));
        assertThat(later.status(Scope.API)).isEqualTo(Status.UP);
        assertThat(later.status(Scope.DATABASE)).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void sameObservationsGiveTheSameAssessment() {
        assertThat(Story.ofSoundCluster().current())
                .usingRecursiveComparison()
                .isEqualTo(Story.ofSoundCluster().current());
    }

    @Test
    void singleServerNeedsNoStandby() {
        Story story = new Story(Story.POLICY, List.of("pg-1"));
        assertThat(story.next(PRIMARY, endpointTo(PRIMARY)).status(Scope.REPLICATION))
                .isEqualTo(Status.UP);
    }

    @Test
    void failoverEndsInASoundClusterOnTheNextTimeline() {
        // given
        Story story = Story.ofSoundCluster();
        assertThat(story.times(
                                3,
                                failed("pg-1", FailureKind.REFUSED),
                                endpointFailed(FailureKind.REFUSED),
                                STANDBY.withoutReceiver(),
                                OTHER.withoutReceiver())
                        .findings())
                .extracting(Finding::kind)
                .contains(FindingKind.NO_PRIMARY, FindingKind.WRITE_ENDPOINT_DOWN, FindingKind.NOT_REDUNDANT);

        // when
        var promoted = primary("pg-2").onTimeline(2);
        var rejoined = standby("pg-1").onTimeline(2);
        Assessment after = story.times(2, rejoined, promoted, OTHER.onTimeline(2), endpointTo(promoted));

        // then
        assertThat(after.findings()).isEmpty();
        assertThat(after.cluster().routedTo()).contains("pg-2");
        assertThat(after.status(Scope.REPLICATION)).isEqualTo(Status.UP);
        assertThat(after.status(Scope.DATABASE)).isEqualTo(Status.UP);
    }
}
