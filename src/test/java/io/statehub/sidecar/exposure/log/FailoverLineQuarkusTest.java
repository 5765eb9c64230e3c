package io.statehub.sidecar.exposure.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.statehub.sidecar.exposure.Scene;
import io.statehub.sidecar.exposure.StagedProfile;
import io.statehub.sidecar.failover.FailoverEvent;
import io.statehub.sidecar.failover.FailoverState;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Occurrence;
import io.statehub.sidecar.snapshot.Snapshots;
import io.statehub.sidecar.snapshot.Stage;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@TestProfile(StagedProfile.class)
class FailoverLineQuarkusTest {

    private static final FailoverState NOWHERE = new FailoverState.Unknown(Optional.empty());

    @Inject
    Stage stage;

    @Inject
    Snapshots snapshots;

    private FailoverLine line(FailoverEvent.Kind kind, Optional<String> incident) {
        var at = new Occurrence(stage.now(), stage.now(), "what shows it");
        List<FailoverLine> lines =
                FailoverLine.of(NOWHERE, NOWHERE, List.of(new FailoverEvent(kind, at, incident)), List.of());
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    @ParameterizedTest
    @EnumSource(FailoverEvent.Kind.class)
    void eachThingThatIsNoticedIsOneLineAndSomeAreWarnings(FailoverEvent.Kind kind) {
        FailoverLine line = line(kind, Optional.of("20260301T120004.000Z-t7"));

        assertThat(line.text())
                .isEqualTo("failover " + kind.label() + ": what shows it [incident 20260301T120004.000Z-t7]");
        assertThat(line.warning())
                .isEqualTo(
                        switch (kind) {
                            case PRIMARY_LOST, SPLIT_BRAIN, LOSS_FOUND, NO_CANDIDATE -> true;
                            case PRIMARY_SEEN,
                                    PRIMARY_OUT_OF_SIGHT,
                                    PRIMARY_SUSPECT,
                                    PLANNED_STOP,
                                    ORDERLY_END,
                                    PRIMARY_BACK,
                                    PRIMARY_RESTARTED,
                                    WRITES_BACK,
                                    PROMOTED,
                                    ROUTED,
                                    REDUNDANT,
                                    OLD_PRIMARY_REJOINED,
                                    OLD_PRIMARY_DIVERGED,
                                    SPLIT_BRAIN_OVER,
                                    REDUNDANCY_LOST,
                                    REDUNDANCY_REGAINED,
                                    ENDED -> false;
                        });
    }

    @Test
    void outsideOfAnIncidentNoneIsNamed() {
        assertThat(line(FailoverEvent.Kind.PRIMARY_SEEN, Optional.empty()).text())
                .isEqualTo("failover primary_seen: what shows it");
    }

    @Test
    void aChangeOfStateIsOneLineAndNoChangeIsNone() {
        Scene.STEADY.play(stage);
        FailoverState stable = snapshots.current().tracking().state();

        assertThat(FailoverLine.of(NOWHERE, stable, List.of(), List.of()))
                .containsExactly(new FailoverLine(false, "failover state unknown -> stable"));
        assertThat(FailoverLine.of(stable, stable, List.of(), List.of())).isEmpty();
    }

    @Test
    void anIncidentThatEndedIsSummedUp() {
        assertThat(summary(Scene.FAILOVER_DONE_WITH_LOSS))
                .startsWith("failover summary: failover; writes out 3.997 s to 6.003 s (rto met); "
                        + "lost rows 2 (rpo missed) [incident ");
    }

    @Test
    void whatIsNotKnownOfALossIsSaidToBe() {
        assertThat(summary(Scene.FAILOVER_WITHOUT_HEARTBEATS)).contains("lost rows not known (rpo undecided)");
    }

    private String summary(Scene scene) {
        scene.play(stage);
        Incident ended = snapshots.current().tracking().history().get(0);
        List<FailoverLine> lines = FailoverLine.of(NOWHERE, NOWHERE, List.of(), List.of(ended));
        assertThat(lines).hasSize(1);
        return lines.get(0).text();
    }
}
