package io.statehub.sidecar.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Observed;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteEndpointObservationTest {

    @ParameterizedTest
    @CsvSource({"TIMED_OUT,false", "RESET,false", "REFUSED,true", "AUTHENTICATION,true"})
    void aNewSessionThatWeMayHaveBeenTooLateForIsNotHeldAgainstTheServer(FailureKind kind, boolean kept) {
        var answered = (WriteEndpointObservation.Answered)
                Observed.endpointTo(Observed.primary("pg-1")).at(new ManualClock().now());

        WriteEndpointObservation.Answered excused =
                answered.without(Optional.of(Observed.failure(kind))).excused(Observed.failure(FailureKind.OWN_DELAY));

        assertThat(excused.newSessions().isPresent()).isEqualTo(kept);
        assertThat(excused.failure()).as("it answered").isEmpty();
    }
}
