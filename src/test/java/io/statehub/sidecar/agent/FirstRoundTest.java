package io.statehub.sidecar.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import io.statehub.sidecar.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstRoundTest {

    private final ManualClock clock = new ManualClock();
    private final List<List<Observation>> passed = new ArrayList<>();
    private final FirstRound rounds = new FirstRound(passed::add);

    private Observation failed(FailureKind kind) {
        return new WriteEndpointObservation.Failed(clock.now(), Duration.ofMillis(500), new Failure(kind, "so"));
    }

    @Test
    void whatComesTooLateWhileAProcessStartsIsNoEvidence() {
        rounds.accept(List.of(failed(FailureKind.TIMED_OUT)));
        rounds.accept(List.of(failed(FailureKind.TIMED_OUT)));

        assertThat(passed.get(0)).isEmpty();
        assertThat(passed.get(1)).hasSize(1);
    }

    @Test
    void aMemberThatIsDiscoveredLaterHasAFirstRoundOfItsOwn() {
        Observation late = new MemberObservation.Failed(
                "pg-1", clock.now(), Duration.ofMillis(500), new Failure(FailureKind.TIMED_OUT, "so"));
        rounds.accept(List.of(failed(FailureKind.REFUSED)));

        rounds.accept(List.of(failed(FailureKind.TIMED_OUT), late));
        rounds.accept(List.of(failed(FailureKind.TIMED_OUT), late));

        assertThat(passed.get(1)).extracting(Observation::target).containsExactly(TargetId.Part.WRITE_ENDPOINT);
        assertThat(passed.get(2)).contains(late);
    }

    @Test
    void whatAServerSaysIsEvidenceFromTheFirstRoundOn() {
        Observation refused = failed(FailureKind.REFUSED);

        rounds.accept(List.of(refused));

        assertThat(passed).containsExactly(List.of(refused));
    }
}
