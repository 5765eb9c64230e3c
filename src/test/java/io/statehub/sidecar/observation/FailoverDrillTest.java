package io.statehub.sidecar.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.kubernetes.FailoverDrill;
import io.statehub.sidecar.observation.kubernetes.FailoverDrill.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverDrillTest {

    private static final Instant AT = Instant.parse("2026-11-20T12:00:00.25Z");

    @ParameterizedTest
    @ValueSource(strings = {"PT4.512S", "PT0S", "PT100S", "PT0.000000001S", "P366D"})
    void whatIsWrittenIsReadAsTheSame(Duration outage) {
        FailoverDrill drill = new FailoverDrill(AT, Verdict.MISSED, Optional.of(outage));

        assertThat(FailoverDrill.of(drill.annotations())).contains(drill);
    }

    @Test
    void withoutAnUpperBoundNoneIsWritten() {
        FailoverDrill drill = new FailoverDrill(AT, Verdict.UNDECIDED, Optional.empty());

        assertThat(drill.annotations()).containsOnlyKeys(FailoverDrill.DRILLED_AT, FailoverDrill.VERDICT);
        assertThat(FailoverDrill.of(drill.annotations())).contains(drill);
    }

    @ParameterizedTest
    @CsvSource({
        "state-hub.io/failover-drilled-at, yesterday",
        "state-hub.io/failover-drilled-at, ''",
        "state-hub.io/failover-drill-verdict, passed",
        "state-hub.io/failover-drill-verdict, MET",
        "state-hub.io/failover-drill-verdict, ''"
    })
    void aDrillOfWhichTimeOrVerdictIsNotKnownIsNone(String annotation, String written) {
        assertThat(FailoverDrill.of(with(annotation, written))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-1", "1e9", "99999999999", "4,5", "31622401", "", "4.5 s"})
    void anOutageThatIsNoNumberOfSecondsIsNotKnown(String written) {
        assertThat(FailoverDrill.of(with(FailoverDrill.OUTAGE_AT_MOST, written)))
                .contains(new FailoverDrill(AT, Verdict.MET, Optional.empty()));
    }

    private static Map<String, String> with(String annotation, String written) {
        Map<String, String> annotations =
                new HashMap<>(new FailoverDrill(AT, Verdict.MET, Optional.of(Duration.ofSeconds(4))).annotations());
        annotations.put(annotation, written);
        return annotations;
    }
}
