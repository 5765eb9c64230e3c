package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.kubernetes.FixtureCluster.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.Sighting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody wants of the cluster is named, and is no fault of it. */
class DeclaredStatesTest extends KubernetesStory {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            true  | -     | -       | true
            false | -     | -       | false
            -     | -     | pg      | false
            -     | -     | berlin  | true
            -     | there | there   | false
            -     | there | pg      | true
            false | there | pg      | false
            """)
    void aClusterIsAReplicaByTheOperatorsOwnRule(Boolean enabled, String self, String primary, boolean replica) {
        Map<String, Object> written = new LinkedHashMap<>(Map.of("source", "berlin"));
        if (enabled != null) {
            written.put("enabled", enabled);
        }
        if (self != null) {
            written.put("self", self);
        }
        if (primary != null) {
            written.put("primary", primary);
        }
        spec("replica", written);
        look(Observed.standby("pg-1"));

        assertThat(declared().replicaOf().isPresent()).isEqualTo(replica);
    }

    @Test
    void aReplicaClusterWithoutAPrimaryIsNamedAndTheOperatorOverlooksNothing() {
        spec("replica", Map.of("enabled", true, "source", "berlin"));
        look(Observed.standby("pg-1"));

        assertThat(kinds()).contains(FindingKind.REPLICA_CLUSTER);
        assertThat(kinds()).doesNotContain(FindingKind.OPERATOR_OVERLOOKS);
        assertThat(story.current().status(Scope.KUBERNETES)).isEqualTo(Status.UP);
    }

    @Test
    void aReplicaClusterWithAMemberOutOfRecoveryIsNotWhatIsDeclared() {
        spec("replica", Map.of("enabled", true, "source", "berlin"));
        look();

        assertThat(story.current().findings())
                .filteredOn(finding -> finding.kind() == FindingKind.OPERATOR_PRIMARY_DIFFERS)
                .extracting(Finding::measured)
                .containsExactly("the cluster is declared a replica of berlin, and pg-1 is out of recovery");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DeletingPods", "WaitingPodsDeletion", "Hibernated"})
    void aClusterThatIsBeingStoppedOrIsStoppedIsHibernated(String reason) {
        hibernation(reason);
        cluster.change("Cluster", "pg", it -> at(it, "status").remove("readyInstances"));
        cluster.change("Volume", "pvc-pg-1", it -> at(it, "status").put("robustness", "unknown"));
        look();

        assertThat(declared().hibernated()).isTrue();
        assertThat(ofKubernetes()).containsExactly(FindingKind.CLUSTER_HIBERNATED);
        assertThat(story.current().status(Scope.KUBERNETES)).isEqualTo(Status.UP);
    }

    @Test
    void aClusterWhoseHibernationHasNotBegunIsWatchedAsBefore() {
        hibernation("WaitingForHealthy");
        cluster.change("Cluster", "pg", it -> at(it, "status").put("readyInstances", 2));
        look();

        assertThat(declared().hibernated()).isFalse();
        assertThat(kinds()).contains(FindingKind.INSTANCES_NOT_READY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ["pg-2"]         | pg-2 | true
            ["pg-2"]         | pg-3 | false
            ["pg-2","pg-3"]  | pg-3 | true
            ["*"]            | pg-1 | true
            []               | pg-1 | false
            pg-2             | pg-2 | false
            ["pg-2           | pg-2 | false
            {"a":"pg-2"}     | pg-2 | false
            ["pg-2",7]       | pg-2 | false
            null             | pg-2 | false
            """)
    void anInstanceIsFencedByTheListOfTheAnnotation(String annotation, String member, boolean fenced) {
        cluster.annotated("cnpg.io/fencedInstances", annotation);
        look();

        assertThat(declared().fenced(member)).isEqualTo(fenced);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ["pg-3","pg-2"] | pg-2, pg-3
            ["*"]           | every instance
            """)
    void whoIsFencedIsNamed(String annotation, String who) {
        cluster.annotated("cnpg.io/fencedInstances", annotation);
        look();

        assertThat(story.current().findings())
                .filteredOn(finding -> finding.kind() == FindingKind.INSTANCES_FENCED)
                .extracting(Finding::measured)
                .containsExactly(who + " by the annotation cnpg.io/fencedInstances");
    }

    @Test
    void aFencedInstanceIsNotMissedAndAnotherOneIs() {
        cluster.annotated("cnpg.io/fencedInstances", "[\"pg-2\"]");
        cluster.change("Cluster", "pg", it -> at(it, "status").put("readyInstances", 2));
        look();
        assertThat(ofKubernetes()).containsExactly(FindingKind.INSTANCES_FENCED);

        cluster.change("Cluster", "pg", it -> at(it, "status").put("readyInstances", 1));
        look();
        assertThat(ofKubernetes())
                .containsExactlyInAnyOrder(FindingKind.INSTANCES_FENCED, FindingKind.INSTANCES_NOT_READY);
    }

    @Test
    void theOperatorOverlooksNothingOfAnInstanceThatIsFencedAndStillAnswers() {
        look(STANDBY.withoutReceiver());
        assertThat(kinds()).contains(FindingKind.OPERATOR_OVERLOOKS);

        cluster.annotated("cnpg.io/fencedInstances", "[\"pg-2\"]");
        look(STANDBY.withoutReceiver());
        assertThat(kinds()).doesNotContain(FindingKind.OPERATOR_OVERLOOKS);
    }

    @Test
    void inAMaintenanceOneNodeAndOneInstanceMayBeAwayAndNotTwo() {
        spec("nodeMaintenanceWindow", Map.of("inProgress", true, "reusePVC", true));
        cluster.change("Node", "railiance03", it -> at(it, "spec").put("unschedulable", true));
        cluster.change("Cluster", "pg", it -> at(it, "status").put("readyInstances", 2));
        look();
        assertThat(ofKubernetes()).containsExactly(FindingKind.NODE_MAINTENANCE);

        cluster.change("Node", "railiance02", it -> at(it, "spec").put("unschedulable", true));
        cluster.change("Cluster", "pg", it -> at(it, "status").put("readyInstances", 1));
        look();
        assertThat(ofKubernetes())
                .containsExactlyInAnyOrder(
                        FindingKind.NODE_MAINTENANCE,
                        FindingKind.INSTANCES_NOT_READY,
                        FindingKind.FEWER_NODES_THAN_INSTANCES);
    }

    @Test
    void aMajorUpgradeIsNamedInPlaceOfWhatIsStoppedForIt() {
        cluster.change("Cluster", "pg", it -> {
            at(it, "status").put("phase", "Upgrading Postgres major version");
            at(it, "status").put("readyInstances", 0);
        });
        look();

        assertThat(declared().majorUpgrade()).isTrue();
        assertThat(ofKubernetes()).containsExactly(FindingKind.MAJOR_UPGRADE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"pg-1\"]", "[\"*\"]"})
    void aPrimaryThatWasFencedBeforeAnybodyLookedIsStoppedByDesign(String annotation) {
        cluster.annotated("cnpg.io/fencedInstances", annotation);
        Story fresh = Story.ofThree();
        Sighting gone = Observed.failed("pg-1", FailureKind.REFUSED);
        fresh.times(4, gone, STANDBY, OTHER, Observed.endpointFailed(FailureKind.REFUSED), kubernetes.sighting());

        assertThat(fresh.current().findings())
                .extracting(Finding::kind)
                .contains(FindingKind.WRITES_STOPPED_BY_DESIGN, FindingKind.MEMBER_STOPPED_BY_DESIGN)
                .doesNotContain(
                        FindingKind.NO_PRIMARY, FindingKind.WRITE_ENDPOINT_DOWN, FindingKind.OPERATOR_OVERLOOKS);
    }

    @Test
    void aFencedInstanceAndOneThatIsAwayForWorkOnItsNodeAreBothWanted() {
        cluster.annotated("cnpg.io/fencedInstances", "[\"pg-2\"]");
        maintenance();
        for (int look = 0; look < 4; look++) {
            look(gone("pg-2"), gone("pg-3"));
        }

        assertThat(kinds())
                .contains(FindingKind.MEMBER_STOPPED_BY_DESIGN)
                .doesNotContain(FindingKind.MEMBER_DOWN, FindingKind.OPERATOR_OVERLOOKS);
    }

    @Test
    void theNodeThatIsWorkedOnAndTheVolumeThatIsDetachedForItAreNotMissed() {
        maintenance();
        cluster.change("Node", "railiance03", it -> at(it, "spec").put("unschedulable", true));
        unready("railiance03", "False");
        detached("pvc-pg-3");
        look();
        assertThat(ofKubernetes()).containsExactly(FindingKind.NODE_MAINTENANCE);

        unready("railiance02", "False");
        detached("pvc-pg-2");
        look();
        assertThat(ofKubernetes()).contains(FindingKind.NODE_NOT_READY, FindingKind.VOLUME_UNKNOWN);
    }

    @Test
    void aNodeThatFailsDuringAMaintenanceIsNotTheOneThatIsWorkedOn() {
        maintenance();
        unready("railiance02", "False");
        look();

        assertThat(ofKubernetes()).contains(FindingKind.NODE_NOT_READY);
    }

    @Test
    void whatIsDetachedForAMajorUpgradeIsNotMissedAndWhatIsBrokenIs() {
        cluster.change("Cluster", "pg", it -> at(it, "status").put("phase", "Upgrading Postgres major version"));
        List.of("pvc-pg-1", "pvc-pg-2", "pvc-pg-3").forEach(this::detached);
        condition("ConsistentSystemID", "NotFound");
        look();
        assertThat(ofKubernetes()).containsExactly(FindingKind.MAJOR_UPGRADE);

        cluster.change("Volume", "pvc-pg-1", it -> at(it, "status").put("robustness", "faulted"));
        look();
        assertThat(ofKubernetes()).contains(FindingKind.VOLUME_FAULTED);
    }

    @Test
    void whileAClusterIsHibernatedItsConditionsAndTheNumberOfNodesSayNothing() {
        hibernation("Hibernated");
        condition("ContinuousArchiving", "ContinuousArchivingFailing");
        condition("Ready", "ClusterIsNotReady");
        cluster.change("Node", "railiance03", it -> at(it, "spec").put("unschedulable", true));
        look();

        assertThat(ofKubernetes()).containsExactly(FindingKind.CLUSTER_HIBERNATED);
    }

    @Test
    void theOperatorThatWaitsForAFencedInstanceAloneIsNotStuck() {
        cluster.annotated("cnpg.io/fencedInstances", "[\"pg-2\"]");
        cluster.change("Cluster", "pg", it -> {
            at(it, "status").put("phase", "Waiting for the instances to become active");
            at(it, "status").put("readyInstances", 2);
        });
        condition("Ready", "ClusterIsNotReady");
        look();
        assertThat(ofKubernetes()).containsExactly(FindingKind.INSTANCES_FENCED);

        cluster.change("Cluster", "pg", it -> at(it, "status").put("readyInstances", 1));
        look();
        assertThat(ofKubernetes()).contains(FindingKind.OPERATOR_NOT_HEALTHY, FindingKind.INSTANCES_NOT_READY);
    }

    @Test
    void withoutKubernetesNothingIsDeclared() {
        assertThat(Declared.NOTHING.replicaOf()).isEmpty();
        assertThat(Declared.NOTHING.hibernated()).isFalse();
        assertThat(Declared.NOTHING.fenced("pg-1")).isFalse();
        assertThat(Declared.NOTHING.maintenance()).isFalse();
        assertThat(Declared.NOTHING.majorUpgrade()).isFalse();
    }

    private static Sighting gone(String member) {
        return Observed.failed(member, FailureKind.REFUSED);
    }

    private void maintenance() {
        spec("nodeMaintenanceWindow", Map.of("inProgress", true, "reusePVC", true));
    }

    private void detached(String volume) {
        cluster.change("Volume", volume, it -> {
            at(it, "status").put("robustness", "unknown");
            at(it, "status").put("state", "detached");
        });
        cluster.change("Engine", volume + "-e-0", it -> at(it, "status").put("replicaModeMap", Map.of()));
    }

    /** The operator's condition of this type is false, for this reason. */
    private void condition(String type, String reason) {
        cluster.change("Cluster", "pg", it -> {
            List<Object> conditions = new ArrayList<>((List<?>) at(it, "status").get("conditions"));
            conditions.removeIf(condition -> type.equals(((Map<?, ?>) condition).get("type")));
            conditions.add(Map.of("type", type, "status", "False", "reason", reason, "message", "as it says"));
            at(it, "status").put("conditions", conditions);
        });
    }

    private void hibernation(String reason) {
        cluster.annotated("cnpg.io/hibernation", "on");
        cluster.change("Cluster", "pg", it -> {
            List<Object> conditions = new ArrayList<>((List<?>) at(it, "status").get("conditions"));
            conditions.add(Map.of("type", "cnpg.io/hibernation", "status", "True", "reason", reason));
            at(it, "status").put("conditions", conditions);
        });
    }

    private void spec(String field, Map<String, Object> value) {
        cluster.change("Cluster", "pg", it -> at(it, "spec").put(field, value));
    }

    private Declared declared() {
        return story.current().kubernetes().orElseThrow().declared();
    }

    private List<FindingKind> ofKubernetes() {
        return kinds().stream().filter(kind -> kind.scope() == Scope.KUBERNETES).toList();
    }
}
