package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.kubernetes.FixtureCluster.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.kubernetes.PodState;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where instances and pods run, and how the nodes below them are. */
class PlacementFindingsTest extends KubernetesStory {

    @Test
    void aPrimaryMustBeOnANodeThatIsReady() {
        unready("railiance01", "False");
        look();

        assertFound(
                FindingKind.PRIMARY_ON_UNREADY_NODE,
                "pg-1",
                "the primary is on node railiance01, whose Ready is FALSE",
                "a node that is Ready");
        assertFound(
                FindingKind.NODE_NOT_READY,
                "node railiance01",
                "Ready is FALSE (KubeletReady: kubelet is posting ready status)",
                "Ready");
        assertThat(story.current().status(Scope.KUBERNETES)).isEqualTo(Status.DEGRADED);
    }

    @Test
    void aNodeWhoseKubeletIsSilentIsUnknownAndSoIsTheVerdict() {
        unready("railiance02", "Unknown");
        look();

        assertThat(kinds()).contains(FindingKind.NODE_UNKNOWN).doesNotContain(FindingKind.PRIMARY_ON_UNREADY_NODE);
        assertThat(story.current().status(Scope.KUBERNETES)).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void aNodeThatSaysNothingOfBeingReadyIsUnknown() {
        cluster.change("Node", "railiance03", it -> at(it, "status").put("conditions", List.of()));
        look();

        assertFound(FindingKind.NODE_UNKNOWN, "node railiance03", "it has no condition Ready", "Ready");
    }

    @Test
    void aNodeUnderPressureIsNamedWithIts() {
        cluster.change(
                "Node", "railiance03", it -> at(it, "status.conditions.1").put("status", "True"));
        look();

        assertFound(
                FindingKind.NODE_PRESSURE,
                "node railiance03",
                "DiskPressure is TRUE (KubeletHasNoDiskPressure: none)",
                "none of these");
    }

    @Test
    void anInstanceThatHasRunToItsEndSharesNoNode() {
        cluster.change("Pod", "pg-3", it -> {
            at(it, "spec").put("nodeName", "railiance01");
            at(it, "status").put("phase", "Failed");
        });
        look();

        assertNone(FindingKind.INSTANCES_SHARE_NODE);
    }

    @Test
    void onlyANodeThatIsReadySaysThatAnInstanceHasRunToItsEnd() {
        cluster.change("Pod", "pg-3", it -> at(it, "status").put("phase", "Failed"));
        look();
        assertThat(view().ended("pg-3")).isTrue();
        assertThat(view().ended("pg-2")).isFalse();

        unready("railiance03", "Unknown");
        look();
        assertThat(view().ended("pg-3")).isFalse();
    }

    @Test
    void instancesThatHaveNoNodeYetShareNone() {
        cluster.change("Pod", "pg-2", it -> at(it, "spec").remove("nodeName"));
        cluster.change("Pod", "pg-3", it -> at(it, "spec").remove("nodeName"));
        look();

        assertThat(kinds()).isEmpty();
    }

    @Test
    void theNodeOfThePrimaryIsThatOfTheInstanceThatLeads() {
        unready("railiance02", "False");
        ObservedServer promoted = STANDBY.promoted();
        story.next(
                Observed.standby("pg-1").onTimeline(2),
                promoted,
                OTHER.onTimeline(2),
                endpointTo(promoted),
                kubernetes.sighting());

        assertFound(
                FindingKind.PRIMARY_ON_UNREADY_NODE,
                "pg-2",
                "the primary is on node railiance02, whose Ready is FALSE",
                "a node that is Ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Succeeded", "Failed"})
    void aPodOfTheApiThatHasRunToItsEndIsNotWaitedFor(String phase) {
        cluster.change("Pod", "state-hub-6c5f-b", it -> {
            at(it, "status").put("phase", phase);
            at(it, "status.conditions.0").put("status", "False");
        });
        look();

        assertThat(kinds()).isEmpty();
    }

    @Test
    void aPodOfTheApiThatIsBeingDeletedIsNotWaitedFor() {
        cluster.get("Pod", "state-hub-6c5f-b").getMetadata().setDeletionTimestamp("2026-11-25T05:00:00Z");
        cluster.change(
                "Pod", "state-hub-6c5f-b", it -> at(it, "status.conditions.0").put("status", "False"));
        look();

        assertThat(kinds()).isEmpty();
    }

    @Test
    void aPodOfTheApiThatIsPendingOrOnALostNodeHasNoSidecarToBeHeard() {
        look();
        assertThat(view().runningApiPods()).hasSize(2);

        cluster.change("Pod", "state-hub-6c5f-a", it -> at(it, "status").put("phase", "Pending"));
        look();
        assertThat(view().runningApiPods()).extracting(PodState::name).containsExactly("state-hub-6c5f-b");

        unready("railiance02", "Unknown");
        look();
        assertThat(view().runningApiPods()).isEmpty();
        assertThat(view().apiPods()).hasSize(2);
    }

    @Test
    void twoInstancesOnOneNodeAreFound() {
        cluster.change("Pod", "pg-3", it -> at(it, "spec").put("nodeName", "railiance01"));
        look();

        assertFound(FindingKind.INSTANCES_SHARE_NODE, "node railiance01", "2 instances: pg-1, pg-3", "1");
    }

    @Test
    void fewerUsableNodesThanInstancesAreFound() {
        cluster.change("Node", "railiance03", it -> at(it, "spec").put("unschedulable", true));
        look();

        assertThat(kinds()).containsExactly(FindingKind.FEWER_NODES_THAN_INSTANCES);
        assertFound(
                FindingKind.FEWER_NODES_THAN_INSTANCES,
                "cluster",
                "2 nodes that are Ready and schedulable for 3 instances",
                "a node for each instance");
    }

    @Test
    void podsOfTheApiThatAreNotReadyAreNamed() {
        cluster.change(
                "Pod", "state-hub-6c5f-b", it -> at(it, "status.conditions.0").put("status", "False"));
        look();

        assertFound(FindingKind.API_PODS_NOT_READY, "api", "1 of 2 pods not ready: state-hub-6c5f-b", "0");
    }
}
