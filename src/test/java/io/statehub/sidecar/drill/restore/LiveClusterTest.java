package io.statehub.sidecar.drill.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveClusterTest {

    private static final Instant TAKEN = Manifests.TAKEN;
    private static final Instant LATER = TAKEN.plusSeconds(60);
    private static final Origin MANIFEST = Manifests.manifest().of("1").build().origin();

    private static RunningServer primary(String system, int timeline, Instant started) {
        return new RunningServer(system, timeline, false, started);
    }

    private static Optional<String> elsewhere(RunningServer found, RunningServer... live) {
        return LiveCluster.recognised(MANIFEST, found, Optional.empty(), List.of(live));
    }

    @Test
    void anotherSystemIdentifierIsNeverTheLiveCluster() {
        assertThat(LiveCluster.recognised(
                        MANIFEST, primary("2", 1, TAKEN.minusSeconds(60)), Optional.of("pg-1:5432"), List.of()))
                .isEmpty();
    }

    @Test
    void aConfiguredAddressWithTheSameIdentifierIsTheLiveClusterOnAnyTimeline() {
        assertThat(LiveCluster.recognised(MANIFEST, primary("1", 9, LATER), Optional.of("pg-1:5432"), List.of()))
                .contains(
                        "it has the manifest's system identifier 1 and answers at pg-1:5432, which the settings name");
    }

    @Test
    void theTimelineOfTheManifestOrAnEarlierOneIsTheLiveClusterUnderWhateverAddress() {
        assertThat(elsewhere(primary("1", 3, LATER))).isPresent();
        assertThat(elsewhere(primary("1", 2, LATER))).isPresent();
    }

    @Test
    void aPhysicalCopyThatWasStartedSinceOnALaterTimelineIsNot() {
        RunningServer live = primary("1", 4, TAKEN.minusSeconds(60));

        assertThat(elsewhere(primary("1", 4, LATER))).isEmpty();
        assertThat(elsewhere(primary("1", 4, LATER), live)).isEmpty();
        assertThat(elsewhere(primary("1", 4, TAKEN))).isEmpty();
    }

    @Test
    void aMemberThatWasPromotedSinceTheManifestIsKnownByItsStartUnderWhateverAddress() {
        Instant before = TAKEN.minusNanos(1000);

        assertThat(elsewhere(primary("1", 4, before)))
                .contains("it has the manifest's system identifier 1 and was started at " + before
                        + ", before the manifest was taken at " + TAKEN
                        + ": a copy restored from that backup would have been started later");
    }

    @Test
    void aMemberThatWasRestartedAndPromotedIsKnownAsTheServerThatAnswersAtAConfiguredAddress() {
        RunningServer restarted = primary("1", 4, LATER);

        assertThat(elsewhere(restarted, primary("1", 4, TAKEN), restarted))
                .contains("the server that was started at " + LATER
                        + " with system identifier 1 answers at an address that the settings name, too");
    }

    @Test
    void theLiveServerIsKnownThoughItsClusterWasRecreatedSinceTheManifest() {
        RunningServer another = primary("2", 1, LATER);

        assertThat(elsewhere(another, another)).isPresent();
        assertThat(elsewhere(another, primary("3", 1, LATER))).isEmpty();
    }

    @Test
    void aStandbyOnALaterTimelineFollowsSomeoneAndIsNoRestoredCopy() {
        assertThat(elsewhere(new RunningServer("1", 4, true, LATER)))
                .contains("it has the manifest's system identifier 1 and is a standby on timeline 4: a copy that was"
                        + " restored and has ended its recovery would be a primary");
    }
}
