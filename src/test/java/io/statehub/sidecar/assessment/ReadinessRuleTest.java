package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.assessment.DatabasePolicy.DEGRADE;
import static io.statehub.sidecar.assessment.DatabasePolicy.IGNORE;
import static io.statehub.sidecar.assessment.DatabasePolicy.STRICT;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Observed.answered;
import static io.statehub.sidecar.testing.Observed.endpointFailed;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.testing.Sighting;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadinessRuleTest {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Sighting LIVE = answered(ApiCheck.LIVENESS);
    private static final Sighting READY = answered(ApiCheck.READINESS);
    private static final Sighting NOT_READY = failed(ApiCheck.READINESS, FailureKind.BAD_STATUS);
    private static final Sighting ENDPOINT_GONE = endpointFailed(FailureKind.REFUSED);
    private static final Sighting BACK = endpointTo(PRIMARY);

    @ParameterizedTest
    @EnumSource
    void podIsReadyWhileAllIsSound(DatabasePolicy policy) {
        Readiness readiness = soundUnder(policy).current().readiness();
        assertThat(readiness.ready()).isTrue();
        assertThat(readiness.reasons()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void podIsNotReadyBeforeAnythingWasObserved(DatabasePolicy policy) {
        Readiness readiness = under(policy).current().readiness();
        assertThat(readiness.ready()).isFalse();
        assertThat(readiness.reasons()).containsExactly("not every target was tried yet");
    }

    @ParameterizedTest
    @EnumSource
    void podIsNotReadyWhileTheApiIsDownWhateverThePolicy(DatabasePolicy policy) {
        Story story = soundUnder(policy);
        Sighting dead = failed(ApiCheck.LIVENESS, FailureKind.REFUSED);

        assertThat(story.times(2, dead).readiness().ready())
                .as("two failures of three")
                .isTrue();
        Readiness readiness = story.next(dead).readiness();
        assertThat(readiness.ready()).isFalse();
        assertThat(readiness.reasons()).containsExactly("API liveness path: connection refused (by the script)");
    }

    @ParameterizedTest
    @EnumSource
    void readinessPathThatFailsWithASoundDatabaseMakesThePodUnready(DatabasePolicy policy) {
        Story story = soundUnder(policy);
        Readiness readiness = story.times(3, NOT_READY).readiness();
        assertThat(readiness.ready()).isFalse();
        assertThat(readiness.reasons()).containsExactly("API readiness path: unexpected HTTP status (by the script)");
    }

    @ParameterizedTest
    @EnumSource
    void apiThatOnlyAFaultOfOursHidesStaysReady(DatabasePolicy policy) {
        Story story = soundUnder(policy);
        Readiness readiness = story.times(3, failed(ApiCheck.READINESS, FailureKind.AUTHENTICATION))
                .readiness();
        assertThat(readiness.ready()).isTrue();
        assertThat(readiness.reasons()).containsExactly("API readiness path: login rejected (by the script)");
    }

    @ParameterizedTest
    @EnumSource
    void apiWhoseAnswerIsStaleIsNotReady(DatabasePolicy policy) {
        Story story = soundUnder(policy);
        Readiness readiness = story.after(Story.STALE_AFTER.plusNanos(1), READY).readiness();
        assertThat(readiness.ready()).isFalse();
        assertThat(readiness.reasons()).contains("API liveness path: not observed yet");
    }

    @Test
    void strictPolicyNeedsAWritePathThatIsKnownToWork() {
        // down
        Story down = soundUnder(STRICT);
        Readiness readiness = down.times(3, LIVE, READY, ENDPOINT_GONE).readiness();
        assertThat(readiness.ready()).isFalse();
        assertThat(readiness.reasons()).containsExactly("write path is DOWN; allowed by policy strict: UP");

        // stale
        Story stale = soundUnder(STRICT);
        assertThat(stale.after(Story.STALE_AFTER.plusNanos(1), LIVE, READY)
                        .readiness()
                        .reasons())
                .containsExactly("write path is UNKNOWN; allowed by policy strict: UP");

        // hidden from us
        Story unseen = soundUnder(STRICT);
        assertThat(unseen.times(3, LIVE, READY, endpointFailed(FailureKind.AUTHENTICATION))
                        .readiness()
                        .ready())
                .isTrue();
    }

    @Test
    void strictPolicyExcusesNoReadinessPathForTheDatabase() {
        Readiness readiness =
                soundUnder(STRICT).times(3, LIVE, NOT_READY, ENDPOINT_GONE).readiness();
        assertThat(readiness.ready()).isFalse();
        assertThat(readiness.reasons()).hasSize(2);
    }

    @Test
    void degradePolicyGivesTheWritePathItsGraceAndNoMore() {
        // given down for 0 s
        Story story = soundUnder(DEGRADE);
        Readiness first = story.times(3, LIVE, READY, ENDPOINT_GONE).readiness();
        assertThat(first.ready()).isTrue();
        assertThat(first.reasons()).containsExactly("write path down for 0.0 s; allowed by policy degrade: 5.0 s");

        // when exactly the grace has passed
        Readiness last = story.after(GRACE, LIVE, READY, ENDPOINT_GONE).readiness();
        assertThat(last.ready()).isTrue();

        // then a moment more is too much
        Readiness late =
                story.after(Duration.ofNanos(1), LIVE, READY, ENDPOINT_GONE).readiness();
        assertThat(late.ready()).isFalse();
        assertThat(late.reasons()).containsExactly("write path down for 5.0 s; allowed by policy degrade: 5.0 s");
    }

    @Test
    void degradePolicyPutsTheReadinessPathDownToTheDatabaseForOneGraceAfterItsTrouble() {
        // given
        Story story = soundUnder(DEGRADE);
        Readiness during = story.times(3, LIVE, NOT_READY, ENDPOINT_GONE).readiness();
        assertThat(during.ready()).isTrue();
        assertThat(during.reasons())
                .containsExactly(
                        "API readiness path: unexpected HTTP status (by the script)",
                        "write path down for 0.0 s; allowed by policy degrade: 5.0 s");

        // when the database is back, with the last trouble at its first answer
        story.next(LIVE, NOT_READY, BACK);
        assertThat(story.current().writePath().status()).as("one answer of two").isEqualTo(Status.DOWN);
        assertThat(story.next(LIVE, NOT_READY, BACK).writePath().status()).isEqualTo(Status.UP);

        // then
        assertThat(story.after(Duration.ofSeconds(4), LIVE, NOT_READY, BACK)
                        .readiness()
                        .ready())
                .as("5 s after the last trouble")
                .isTrue();
        assertThat(story.after(Duration.ofNanos(1), LIVE, NOT_READY, BACK)
                        .readiness()
                        .ready())
                .as("more than the grace after it")
                .isFalse();
    }

    @Test
    void graceBeginsAgainAfterTheWritePathWorked() {
        // given
        Story story = soundUnder(DEGRADE);
        story.times(6, LIVE, READY, ENDPOINT_GONE);
        assertThat(story.times(2, LIVE, READY, BACK).writePath().downSince()).isEmpty();

        // when
        Readiness again = story.times(3, LIVE, READY, ENDPOINT_GONE).readiness();

        // then
        assertThat(again.reasons()).containsExactly("write path down for 0.0 s; allowed by policy degrade: 5.0 s");
    }

    @Test
    void degradePolicyDoesNotMindAWritePathThatIsNotSeen() {
        Story story = soundUnder(DEGRADE);
        Readiness readiness = story.times(9, LIVE, READY, endpointFailed(FailureKind.AUTHENTICATION))
                .readiness();
        assertThat(readiness.ready()).isTrue();
    }

    @Test
    void ignorePolicyNeverMindsTheWritePathAndSaysSo() {
        Story story = soundUnder(IGNORE);
        Readiness readiness = story.times(30, LIVE, NOT_READY, ENDPOINT_GONE).readiness();
        assertThat(readiness.ready()).isTrue();
        assertThat(readiness.reasons())
                .containsExactly(
                        "API readiness path: unexpected HTTP status (by the script)",
                        "write path down for 27.0 s; allowed by policy ignore");
    }

    @Test
    void wallClockThatIsSetEndsNoGrace() {
        Story story = soundUnder(DEGRADE);
        story.times(3, LIVE, READY, ENDPOINT_GONE);
        story.clock().wallClockJumps(Duration.ofHours(2));
        assertThat(story.next(LIVE, READY, ENDPOINT_GONE).readiness().ready()).isTrue();
    }

    private static Story under(DatabasePolicy policy) {
        return Story.ofThree(policy, GRACE);
    }

    private static Story soundUnder(DatabasePolicy policy) {
        Story story = under(policy);
        story.sound();
        return story;
    }
}
