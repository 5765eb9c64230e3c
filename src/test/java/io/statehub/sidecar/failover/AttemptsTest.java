package io.statehub.sidecar.failover;

import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.acked;
import static io.statehub.sidecar.testing.Observed.answered;
import static io.statehub.sidecar.testing.Observed.beatFailed;
import static io.statehub.sidecar.testing.Observed.endpointFailed;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Observed.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final Moment NOW = new ManualClock().now();

    @Test
    void eachServiceIsTriedByWhatAsksForIt() {
        List<Observation> brought =
                seen(PRIMARY, acked(PRIMARY, 1), answered(ApiCheck.LIVENESS), answered(ApiCheck.READINESS));

        assertThat(attempts(brought))
                .extracting(Attempt::service, Attempt::good, Attempt::evidence)
                .containsExactlyInAnyOrder(
                        tuple(Service.READ, true, "pg-1 answered"),
                        tuple(Service.WRITE, true, "heartbeat answered"),
                        tuple(Service.API, true, "api-readiness answered"));
        assertThat(Attempts.asked(brought)).containsExactlyInAnyOrder(Service.READ, Service.WRITE, Service.API);
        assertThat(Attempts.asked(seen(answered(ApiCheck.LIVENESS)))).isEmpty();
    }

    @Test
    void whileHeartbeatsTellOfWritesTheWriteEndpointDoesNot() {
        assertThat(attempts(seen(beatFailed(FailureKind.TIMED_OUT), endpointTo(PRIMARY))))
                .extracting(Attempt::service, Attempt::good)
                .containsExactly(tuple(Service.WRITE, false));
    }

    @Test
    void withoutHeartbeatsThatTellTheWriteEndpointTellsWhetherItTakesWrites() {
        assertThat(attempts(seen(beatFailed(FailureKind.PERMISSION_DENIED), endpointTo(PRIMARY))))
                .extracting(Attempt::service, Attempt::good, Attempt::evidence)
                .containsExactly(tuple(Service.WRITE, true, "write-endpoint answered"));
        assertThat(attempts(seen(endpointTo(STANDBY))))
                .extracting(Attempt::service, Attempt::good, Attempt::evidence)
                .containsExactly(tuple(Service.WRITE, false, "write-endpoint takes no writes"));
        assertThat(attempts(seen(endpointFailed(FailureKind.REFUSED))))
                .extracting(Attempt::service, Attempt::good, Attempt::evidence)
                .containsExactly(tuple(Service.WRITE, false, "write-endpoint: connection refused (by the script)"));
    }

    @Test
    void readsWorkIfOneMemberAnswersAndFailOnlyIfAllDo() {
        Sighting refused = failed("pg-1", FailureKind.REFUSED);
        assertThat(attempts(seen(refused, STANDBY)))
                .extracting(Attempt::service, Attempt::good)
                .containsExactly(tuple(Service.READ, true));
        assertThat(attempts(seen(refused, failed("pg-2", FailureKind.AUTHENTICATION))))
                .as("one that we can't see may answer others")
                .isEmpty();
        assertThat(attempts(seen(refused, failed("pg-2", FailureKind.SKIPPED))))
                .as("one that was not asked")
                .isEmpty();
    }

    @Test
    void membersThatFailTogetherHaveFailedFromTheFirstThatWasAskedToTheLastThatAnswered() {
        Observation shortLater = refused("pg-1", 900, 100);
        Observation longEarlier = refused("pg-2", 700, 600);

        for (List<Observation> order : List.of(List.of(shortLater, longEarlier), List.of(longEarlier, shortLater))) {
            assertThat(attempts(order)).singleElement().satisfies(attempt -> {
                assertThat(attempt.good()).isFalse();
                assertThat(attempt.begun()).isEqualTo(after(100));
                assertThat(attempt.at()).isEqualTo(after(900));
            });
        }
    }

    @Test
    void servicesOfWhichWeDidNotHearAreMissed() {
        assertThat(Attempts.missed(seen(
                        failed("pg-1", FailureKind.OWN_DELAY),
                        beatFailed(FailureKind.PERMISSION_DENIED),
                        failed(ApiCheck.READINESS, FailureKind.TIMED_OUT))))
                .as("a role that may not write heartbeats is no moment that we missed")
                .containsExactly(Service.READ);
        assertThat(Attempts.missed(seen(beatFailed(FailureKind.OWN_DELAY)))).containsExactly(Service.WRITE);
    }

    private static List<Attempt> attempts(List<Observation> brought) {
        ObservationRound round =
                ObservationRound.none(NOW, List.of("pg-1", "pg-2")).with(NOW, brought);
        return Attempts.of(brought, round);
    }

    private static List<Observation> seen(Sighting... seen) {
        return Sighting.all(NOW, seen);
    }

    private static Observation refused(String member, long atMillis, long tookMillis) {
        return new MemberObservation.Failed(
                member, after(atMillis), Duration.ofMillis(tookMillis), failure(FailureKind.REFUSED));
    }

    private static Moment after(long millis) {
        return NOW.plus(Duration.ofMillis(millis));
    }
}
