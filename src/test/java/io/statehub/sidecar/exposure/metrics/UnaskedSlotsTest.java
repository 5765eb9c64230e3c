package io.statehub.sidecar.exposure.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Assessor;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.observation.SlotTotals;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Members;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Policies;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Slots that nobody could be asked for are unknown, and not none. */
class UnaskedSlotsTest {

    private static final Assessor ASSESSOR = new Assessor(Policies.bounded(Duration.ofSeconds(30)));

    private final ManualClock clock = new ManualClock();

    private List<String> families(Optional<SlotTotals> totals) {
        ObservedServer server = Members.PRIMARY.withoutStatistics().keeping(List.of(), totals);
        ObservationRound nothing = ObservationRound.none(clock.now(), List.of(server.name()));
        Assessment assessment =
                ASSESSOR.assess(ASSESSOR.begin(nothing), nothing.with(clock.now(), List.of(server.at(clock.now()))));
        Families families = new Families(new FiguresOutOfRange());
        MemberSamples.add(assessment.cluster().member(server.name()).orElseThrow(), assessment.cluster(), families);
        return families.toList().stream()
                .map(MetricSnapshot::getMetadata)
                .map(metadata -> metadata.getPrometheusName())
                .toList();
    }

    @Test
    void slotsThatCouldNotBeAskedForAreAbsent() {
        assertThat(families(Optional.empty()))
                .contains(Metric.MEMBER_STATISTICS_VISIBLE.metricName())
                .doesNotContain(Metric.SLOTS.metricName(), Metric.SLOT_RETAINED.metricName());
    }

    @Test
    void aMemberThatHasNoneHasZero() {
        assertThat(families(Optional.of(SlotTotals.of(List.of())))).contains(Metric.SLOTS.metricName());
    }
}
