package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.assessment.Story.STALE_AFTER;
import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.answered;
import static io.statehub.sidecar.testing.Observed.endpointFailed;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Observed.lost;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.JournalObservation;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.Sighting;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is made of rounds that this process was too late for. */
class OwnDelayTest {

    private static final Sighting[] MISSED_ALL = {
        failed("pg-1", FailureKind.OWN_DELAY),
        failed("pg-2", FailureKind.OWN_DELAY),
        failed("pg-3", FailureKind.OWN_DELAY),
        endpointFailed(FailureKind.OWN_DELAY),
        failed(ApiCheck.LIVENESS, FailureKind.OWN_DELAY),
        failed(ApiCheck.READINESS, FailureKind.OWN_DELAY),
        lost(Duration.ofMillis(700))
    };

    @Test
    void roundsThatWereMissedLeaveWhatWasKnownAsItWas() {
        Story story = Story.ofSoundCluster();
        Assessment missed = story.times(9, MISSED_ALL);
        assertThat(missed.status(Scope.DATABASE)).isEqualTo(Status.UP);
        assertThat(missed.status(Scope.API)).isEqualTo(Status.UP);
        assertThat(missed.status(Scope.REPLICATION)).isEqualTo(Status.UP);
        assertThat(missed.status(Scope.OBSERVATION)).isEqualTo(Status.DEGRADED);
        assertThat(missed.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.OWN_PROCESS_LATE);
            assertThat(finding.measured()).isEqualTo("this process did not run for 700 of the last 1000 ms");
        });
    }

    @ParameterizedTest
    @EnumSource
    void longStarvationMakesAllUnknownAndNothingUnready(DatabasePolicy policy) {
        Story story = Story.ofThree(policy, Duration.ofSeconds(5));
        story.sound();
        Assessment starved = story.times(120, MISSED_ALL);
        assertThat(starved.status(Scope.DATABASE)).isEqualTo(Status.UNKNOWN);
        assertThat(starved.status(Scope.API)).isEqualTo(Status.UNKNOWN);
        assertThat(starved.status(Scope.REPLICATION)).isEqualTo(Status.UNKNOWN);
        assertThat(starved.readiness().ready()).isTrue();
        assertThat(starved.readiness().reasons()).anyMatch(reason -> reason.contains("sidecar stopped or starved"));
    }

    @ParameterizedTest
    @EnumSource
    void suspensionMakesNobodyUnreadyWhoeverReportsFirst(DatabasePolicy policy) {
        // given
        Story story = Story.ofThree(policy, Duration.ofSeconds(5));
        story.sound();
        story.next(lost(Duration.ZERO));

        // when it is continued after 90 s, and one loop comes before the others
        Assessment first =
                story.after(Duration.ofSeconds(90), at -> new JournalObservation(at, Optional.empty(), 0, 0, 0));

        // then
        assertThat(first.readiness().ready()).isTrue();
        assertThat(first.findings())
                .filteredOn(finding -> finding.kind() == FindingKind.OWN_PROCESS_LATE)
                .singleElement()
                .extracting(Finding::measured)
                .isEqualTo("this process looked at nothing for 90000 ms");
        assertThat(story.sound().status(Scope.DATABASE))
                .as("an answer is believed")
                .isNotEqualTo(Status.DOWN);
    }

    @Test
    void apiThatWasDownIsNotReadyForOurBeingLate() {
        Story story = Story.ofSoundCluster();
        story.times(3, failed(ApiCheck.LIVENESS, FailureKind.REFUSED), failed(ApiCheck.READINESS, FailureKind.REFUSED));
        assertThat(story.current().readiness().ready()).isFalse();
        assertThat(story.times(60, MISSED_ALL).readiness().ready()).isFalse();
    }

    @Test
    void findingStandsForAsLongAsAnswersHoldAndThenEnds() {
        Story story = Story.ofSoundCluster();
        story.times(1, MISSED_ALL);
        story.times(5, PRIMARY, STANDBY, OTHER, endpointTo(PRIMARY), lost(Duration.ZERO));
        assertThat(story.current().ownDelay()).isPresent();
        story.after(STALE_AFTER, answered(ApiCheck.LIVENESS), lost(Duration.ZERO));
        assertThat(story.current().ownDelay()).isEmpty();
        assertThat(story.current().findings()).extracting(Finding::kind).doesNotContain(FindingKind.OWN_PROCESS_LATE);
    }

    @Test
    void beatThatWasMissedIsNoWantOfRights() {
        Story story = Story.ofSoundCluster();
        story.next(Observed.beatFailed(FailureKind.OWN_DELAY));
        assertThat(story.current().findings())
                .extracting(Finding::kind)
                .doesNotContain(FindingKind.HEARTBEAT_NOT_PERMITTED);
    }
}
