package io.statehub.sidecar.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.kubernetes.DrilledFailover;
import io.statehub.sidecar.observation.kubernetes.DrilledFailover.DrillVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrilledFailoverTest {

    private static final Instant AT = Instant.parse("2026-11-20T12:00:00.25Z");

    @ParameterizedTest
    @ValueSource(strings = {"PT4.512S", "PT0S", "PT100S", "PT0.000000001S", "P366D"})
    void whatIsWrittenIsReadAsTheSame(Duration outage) {
        DrilledFailover drill = new DrilledFailover(AT, DrillVerdict.MISSED, Optional.of(outage));

        assertThat(DrilledFailover.of(drill.annotations())).contains(drill);
    }

    @Test
    void withoutAnUpperBoundNoneIsWritten() {
        DrilledFailover drill = new DrilledFailover(AT, DrillVerdict.UNDECIDED, Optional.empty());

        assertThat(drill.annotations()).containsOnlyKeys(DrilledFailover.DRILLED_AT, DrilledFailover.VERDICT);
        assertThat(DrilledFailover.of(drill.annotations())).contains(drill);
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
        assertThat(DrilledFailover.of(with(annotation, written))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-1", "1e9", "99999999999", "4,5", "31622401", "", "4.5 s"})
    void anOutageThatIsNoNumberOfSecondsIsNotKnown(String written) {
        assertThat(DrilledFailover.of(with(DrilledFailover.OUTAGE_AT_MOST, written)))
                .contains(new DrilledFailover(AT, DrillVerdict.MET, Optional.empty()));
    }

    private static Map<String, String> with(String annotation, String written) {
        Map<String, String> annotations = new HashMap<>(
                new DrilledFailover(AT, DrillVerdict.MET, Optional.of(Duration.ofSeconds(4))).annotations());
        annotations.put(annotation, written);
        return annotations;
    }
}
