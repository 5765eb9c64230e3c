package io.statehub.sidecar.drill.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveClusterTest {

    private static final Optional<String> ELSEWHERE = Optional.empty();

    private static Origin origin(String system, int timeline) {
        return new Origin(
                Manifests.TAKEN,
                system,
                timeline,
                "0/1",
                false,
                "state",
                "reader",
                "17.2",
                17,
                "UTF8",
                "C",
                ContentDigest.NONE);
    }

    @Test
    void anotherSystemIdentifierIsNeverTheLiveCluster() {
        assertThat(LiveCluster.recognised(origin("1", 3), origin("2", 1), Optional.of("pg-1:5432")))
                .isEmpty();
    }

    @Test
    void aConfiguredAddressWithTheSameIdentifierIsTheLiveClusterOnAnyTimeline() {
        assertThat(LiveCluster.recognised(origin("1", 3), origin("1", 9), Optional.of("pg-1:5432")))
                .contains(
                        "it has the manifest's system identifier 1 and answers at pg-1:5432, which the settings name");
    }

    @Test
    void theTimelineOfTheManifestOrAnEarlierOneIsTheLiveClusterUnderWhateverAddress() {
        assertThat(LiveCluster.recognised(origin("1", 3), origin("1", 3), ELSEWHERE))
                .isPresent();
        assertThat(LiveCluster.recognised(origin("1", 3), origin("1", 2), ELSEWHERE))
                .isPresent();
    }

    @Test
    void aPhysicalCopyOnALaterTimelineElsewhereIsNot() {
        assertThat(LiveCluster.recognised(origin("1", 3), origin("1", 4), ELSEWHERE))
                .isEmpty();
    }
}
