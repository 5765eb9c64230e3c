package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Observed.ambiguous;
import static io.statehub.sidecar.testing.Observed.beatFailed;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.assessment.WriteEvidence.Standing;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.Policies;
import io.statehub.sidecar.testing.Sighting;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three failures in a row make writes fail, and two acknowledged ones make them work again. */
class WriteEvidenceTest {

    private static final Duration STALE_AFTER = Duration.ofSeconds(10);
    private static final Sighting ACKED = Observed.acked(PRIMARY, 1);
    private static final Sighting UNANSWERED = ambiguous(1);
    private static final Sighting GIVEN_UP = beatFailed(FailureKind.TIMED_OUT);
    private static final Sighting OURS = beatFailed(FailureKind.AUTHENTICATION);
    private static final Sighting SKIPPED = beatFailed(FailureKind.SKIPPED);

    private final ManualClock clock = new ManualClock();
    private WriteEvidence evidence = WriteEvidence.none();
    private Optional<HeartbeatObservation> latest = Optional.empty();
    private boolean readOnly;

    @Test
    void firstWriteThatIsAcknowledgedShowsThatTheyWork() {
        assertThat(after(ACKED)).isEqualTo(Standing.SHOWN);
        assertThat(evidence.shown()).isPresent();
        assertThat(evidence.newestAcked()).isPresent();
    }

    @Test
    void writesFailWithTheThirdInARowThatDoes() {
        assertThat(after(ACKED, UNANSWERED, UNANSWERED)).isEqualTo(Standing.SHOWN);
        assertThat(evidence.newestAcked()).isEmpty();
        assertThat(after(ACKED, UNANSWERED, UNANSWERED)).isEqualTo(Standing.SHOWN);
        assertThat(after(UNANSWERED)).isEqualTo(Standing.FAILING);
        assertThat(evidence.shown()).isEmpty();
    }

    @Test
    void writesThatFailedWorkWithTheSecondInARowThatDoes() {
        after(UNANSWERED, UNANSWERED, UNANSWERED);

        assertThat(after(ACKED)).isEqualTo(Standing.FAILING);
        assertThat(why()).contains(FailureKind.TIMED_OUT);
        assertThat(after(UNANSWERED, ACKED)).isEqualTo(Standing.FAILING);
        assertThat(after(ACKED)).isEqualTo(Standing.SHOWN);
        assertThat(why()).isEmpty();
    }

    @Test
    void writesThatMayFailForUsAloneAreUnclearWithTheThirdInARow() {
        assertThat(after(ACKED, GIVEN_UP, GIVEN_UP)).isEqualTo(Standing.SHOWN);
        assertThat(after(ACKED, GIVEN_UP, GIVEN_UP, GIVEN_UP)).isEqualTo(Standing.UNCLEAR);
        assertThat(after(ACKED)).isEqualTo(Standing.UNCLEAR);
        assertThat(after(ACKED)).isEqualTo(Standing.SHOWN);
    }

    @Test
    void writeThatIsEndedBehindOneOfOursThatHangsFails() {
        assertThat(after(UNANSWERED, GIVEN_UP, GIVEN_UP)).isEqualTo(Standing.FAILING);

        assertThat(after(ACKED, ACKED, GIVEN_UP, GIVEN_UP, GIVEN_UP))
                .as("an acknowledged one holds no lock")
                .isEqualTo(Standing.UNCLEAR);
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"SERVER_ERROR", "UNCONFIRMED"})
    void whatTheServerSaysOfItselfIsNotOursAlone(FailureKind kind) {
        assertThat(after(beatFailed(kind), beatFailed(kind), beatFailed(kind))).isEqualTo(Standing.FAILING);
    }

    @Test
    void serverThatTakesNoWritesFailsThemOnlyIfTheWriteEndpointSaysSoToo() {
        Sighting refused = beatFailed(FailureKind.READ_ONLY);
        assertThat(after(refused, refused, refused)).isEqualTo(Standing.UNCLEAR);

        readOnly = true;
        assertThat(after(refused, refused, refused)).isEqualTo(Standing.FAILING);
    }

    @Test
    void faultOfOursSaysNeitherThatWritesWorkNorAtOnceThatTheyFailNoMore() {
        assertThat(after(ACKED, OURS)).isEqualTo(Standing.NONE);
        assertThat(after(OURS, OURS)).isEqualTo(Standing.NONE);

        assertThat(after(UNANSWERED, UNANSWERED, UNANSWERED, OURS, OURS)).isEqualTo(Standing.FAILING);
        assertThat(after(OURS)).isEqualTo(Standing.UNCLEAR);
        assertThat(after(OURS)).isEqualTo(Standing.UNCLEAR);
    }

    @Test
    void writeThatWasNotTriedCountsAsTheOneBeforeAndTellsNoReasonOfItsOwn() {
        assertThat(after(UNANSWERED, SKIPPED, SKIPPED)).isEqualTo(Standing.FAILING);
        assertThat(why()).contains(FailureKind.TIMED_OUT);
    }

    @Test
    void writesOfWhichNoneWasTriedAreUnclear() {
        assertThat(after(SKIPPED, SKIPPED, SKIPPED)).isEqualTo(Standing.UNCLEAR);
        assertThat(why()).contains(FailureKind.SKIPPED);
    }

    @Test
    void oneWriteCountsOnce() {
        after(UNANSWERED);
        for (int looks = 0; looks < 5; looks++) {
            look();
        }
        assertThat(evidence.failures()).isEqualTo(1);
    }

    @Test
    void whatWasNotHeardBecauseWeWereTooLateDoesNotCount() {
        after(ACKED);
        WriteEvidence before = evidence;
        after(beatFailed(FailureKind.OWN_DELAY));
        assertThat(evidence).isEqualTo(before);
    }

    @Test
    void writesOfWhichNothingIsHeardAnyMoreAreNotShownToWork() {
        after(ACKED);
        assertThat(later(STALE_AFTER)).isEqualTo(Standing.SHOWN);
        assertThat(later(Duration.ofNanos(1))).isEqualTo(Standing.NONE);
        assertThat(evidence.newestAcked()).isEmpty();
    }

    @Test
    void writesThatFailedWhenTheyWereHeardLastAreUnclear() {
        after(UNANSWERED, UNANSWERED, UNANSWERED);
        assertThat(later(STALE_AFTER)).isEqualTo(Standing.FAILING);
        assertThat(later(Duration.ofNanos(1))).isEqualTo(Standing.UNCLEAR);
        assertThat(later(STALE_AFTER)).isEqualTo(Standing.UNCLEAR);
    }

    @Test
    void sidecarThatStandsByKnowsNothingOfWrites() {
        assertThat(after(UNANSWERED, UNANSWERED, UNANSWERED, beatFailed(FailureKind.STANDING_BY)))
                .isEqualTo(Standing.NONE);
        assertThat(evidence).isEqualTo(WriteEvidence.none());
    }

    /** What these come to, a second apart. */
    private Standing after(Sighting... beats) {
        for (Sighting beat : beats) {
            clock.advance(Duration.ofSeconds(1));
            latest = Optional.of((HeartbeatObservation) beat.at(clock.now()));
            look();
        }
        return evidence.standing();
    }

    private Standing later(Duration passed) {
        clock.advance(passed);
        look();
        return evidence.standing();
    }

    private void look() {
        evidence = evidence.next(latest, readOnly, clock.now(), Policies.HYSTERESIS, STALE_AFTER);
    }

    private Optional<FailureKind> why() {
        return evidence.failure().map(Failure::kind);
    }
}
