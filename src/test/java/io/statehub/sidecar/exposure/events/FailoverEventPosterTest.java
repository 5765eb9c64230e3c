package io.statehub.sidecar.exposure.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Assessor;
import io.statehub.sidecar.failover.FailoverEvent;
import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.failover.FailoverTracker.Step;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.failover.Occurrence;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.failover.WriteLedger;
import io.statehub.sidecar.headline.Headline;
import io.statehub.sidecar.kubernetes.EventPoster.EventDraft;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Policies;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailoverEventPosterTest {

    private static final Moment NOW = new ManualClock().now();

    private static List<EventDraft> notes(Kind... noticed) {
        Duration bound = Duration.ofSeconds(30);
        Assessor assessor = new Assessor(Policies.bounded(bound));
        ObservationRound round = ObservationRound.none(NOW, List.of("pg-1"));
        List<FailoverEvent> events = Arrays.stream(noticed)
                .map(kind -> new FailoverEvent(
                        kind, new Occurrence(NOW, NOW, "evidence of " + kind.label()), Optional.empty()))
                .toList();
        Step step = new Step(Tracking.begin(NOW, WriteLedger.empty(100)), events, List.of());
        Assessment assessment = assessor.begin(round);
        Headline headline = Headline.of(assessment, step.tracking(), new Objectives(bound, bound));
        return FailoverEventPoster.of(new AgentSnapshot(1, round, assessment, step, headline));
    }

    @Test
    void aLostPrimaryTwoPrimariesAndLostWritesAreWarnings() {
        assertThat(notes(Kind.PRIMARY_LOST, Kind.SPLIT_BRAIN, Kind.LOSS_FOUND))
                .extracting(EventDraft::reason, EventDraft::warning, EventDraft::message)
                .containsExactly(
                        tuple("FailoverStarted", true, "evidence of primary_lost"),
                        tuple("SplitBrain", true, "evidence of split_brain"),
                        tuple("AcknowledgedWritesLost", true, "evidence of loss_found"));
    }

    @Test
    void whatPassesByItselfIsNotTold() {
        assertThat(notes(Kind.PRIMARY_SUSPECT, Kind.PRIMARY_BACK, Kind.REDUNDANCY_LOST, Kind.ROUTED))
                .isEmpty();
    }
}
