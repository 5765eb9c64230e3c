package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.kubernetes.FixtureCluster.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Longhorn says of the volumes and their replicas. */
class VolumeFindingsTest extends KubernetesStory {

    private static final String VOLUME = "pvc-pg-2";

    @Test
    void aVolumeCalledHealthyWithFewerWholeReplicasThanAskedIsNotRedundant() {
        cluster.change(
                "Engine", VOLUME + "-e-0", it -> at(it, "status.replicaModeMap").put(VOLUME + "-r-3", "WO"));
        look();

        assertThat(kinds()).containsExactly(FindingKind.VOLUME_NOT_REDUNDANT);
        assertFound(
                FindingKind.VOLUME_NOT_REDUNDANT,
                "pg-2 volume " + VOLUME,
                "2 whole replicas, called healthy",
                "3 replicas");
    }

    @Test
    void aVolumeThatLonghornCallsDegradedIs() {
        cluster.change("Volume", VOLUME, it -> at(it, "status").put("robustness", "degraded"));
        look();

        assertFound(FindingKind.VOLUME_DEGRADED, "pg-2 volume " + VOLUME, "Longhorn calls it degraded", "healthy");
    }

    @Test
    void aFaultedVolumeOfWhichNoEngineTellsIsFaultedAndNotUnknown() {
        cluster.change("Volume", VOLUME, it -> {
            at(it, "status").put("robustness", "faulted");
            at(it, "status").put("state", "detached");
        });
        cluster.change("Engine", VOLUME + "-e-0", it -> at(it, "status").put("replicaModeMap", Map.of()));
        look();

        assertThat(kinds()).containsExactly(FindingKind.VOLUME_FAULTED);
        assertFound(FindingKind.VOLUME_FAULTED, "pg-2 volume " + VOLUME, "Longhorn calls it faulted", "healthy");
    }

    @Test
    void aReplicaThatHasFailedBesideTheOneInItsPlaceSharesNoNode() {
        cluster.change("Replica", VOLUME + "-r-3", it -> {
            at(it, "spec").put("nodeID", "railiance01");
            at(it, "spec").put("failedAt", "2026-11-25T05:00:00Z");
            at(it, "spec").put("active", false);
        });
        look();

        assertThat(kinds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "", "splendid"})
    void aVolumeOfAnyOtherWordIsUnknown(String robustness) {
        cluster.change("Volume", VOLUME, it -> at(it, "status").put("robustness", robustness));
        look();

        assertThat(kinds()).containsExactly(FindingKind.VOLUME_UNKNOWN);
        assertThat(story.current().status(Scope.KUBERNETES)).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void aVolumeOfWhichNoEngineTellsIsUnknownAndNotSound() {
        cluster.change("Engine", VOLUME + "-e-0", it -> at(it, "status").put("replicaModeMap", Map.of()));
        look();

        assertFound(
                FindingKind.VOLUME_UNKNOWN,
                "pg-2 volume " + VOLUME,
                "no engine tells of its replicas",
                "an engine that knows each replica");
    }

    @Test
    void twoReplicasOfAVolumeOnOneNodeAreFound() {
        cluster.change("Replica", VOLUME + "-r-3", it -> at(it, "spec").put("nodeID", "railiance01"));
        look();

        assertFound(
                FindingKind.REPLICAS_SHARE_NODE,
                "pg-2 volume " + VOLUME,
                "more than one replica on node railiance01",
                "1 on each node");
    }
}
