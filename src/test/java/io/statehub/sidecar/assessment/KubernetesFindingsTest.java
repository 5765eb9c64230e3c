package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.assessment.Story.OTHER_STANDBY;
import static io.statehub.sidecar.assessment.Story.PRIMARY;
import static io.statehub.sidecar.assessment.Story.SECOND;
import static io.statehub.sidecar.assessment.Story.STANDBY;
import static io.statehub.sidecar.testing.Observed.answered;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Observed.lost;
import static io.statehub.sidecar.testing.kubernetes.FixtureCluster.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.statehub.sidecar.kubernetes.ObservedKubernetes;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.JournalObservation;
import io.statehub.sidecar.observation.Leadership;
import io.statehub.sidecar.observation.kubernetes.DrilledFailover;
import io.statehub.sidecar.observation.kubernetes.PodState;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both halves in one verdict: each fault on its own, on objects of the shapes that they really have. */
class KubernetesFindingsTest {

    private static final String VOLUME = "pvc-pg-2";

    private final Story story = Story.ofSoundCluster();
    private final FixtureCluster cluster = FixtureCluster.sound(story.now().wallClock());
    private final ObservedKubernetes kubernetes = ObservedKubernetes.of(cluster);

    @Test
    void aSoundClusterHasNoneAndIsUp() {
        look();

        assertThat(story.current().findings()).isEmpty();
        assertThat(story.current().status(Scope.KUBERNETES)).isEqualTo(Status.UP);
        assertThat(story.current().verdict()).isEqualTo(Status.UP);
    }

    @Test
    void withoutKubernetesThereIsNoStatusOfIt() {
        assertThat(story.current().scopes()).doesNotContain(Scope.KUBERNETES);
        assertThat(story.current().verdict()).isEqualTo(Status.UP);
    }

    @Test
    void theOperatorThatCallsADivergedMemberHealthyOverlooksIt() {
        story.next(
                PRIMARY.onTimeline(2),
                STANDBY,
                OTHER_STANDBY.onTimeline(2),
                endpointTo(PRIMARY.onTimeline(2)),
                kubernetes.sighting());

        assertFound(
                FindingKind.OPERATOR_OVERLOOKS,
                "cluster",
                "the operator calls it healthy, while we see: Standby on another timeline (pg-2)",
                "that both agree");
    }

    @Test
    void theOperatorsPrimaryMustBeTheMemberOutOfRecovery() {
        cluster.change("Cluster", "pg", it -> {
            at(it, "status").put("currentPrimary", "pg-3");
            at(it, "status").put("targetPrimary", "pg-3");
        });
        look();

        assertFound(
                FindingKind.OPERATOR_PRIMARY_DIFFERS,
                "cluster",
                "the operator's primary is pg-3, out of recovery is pg-1",
                "the same");
    }

    @Test
    void theLeaseOfThePrimaryMustBeHeldByTheOperatorsPrimary() {
        cluster.change("Lease", "pg", it -> at(it, "spec").put("holderIdentity", "pg-2"));
        look();

        assertFound(
                FindingKind.OPERATOR_PRIMARY_DIFFERS,
                "lease",
                "the operator's primary is pg-1, the lease is held by pg-2",
                "the same");
    }

    @Test
    void aLeaseThatNobodyHoldsSaysNothing() {
        cluster.change("Lease", "pg", it -> at(it, "spec").remove("holderIdentity"));
        look();

        assertThat(kinds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg-2", "pending"})
    void aTargetThatIsNotThePrimaryMeansThatItIsBeingChangedAndNotThatItDiffers(String target) {
        cluster.change("Cluster", "pg", it -> at(it, "status").put("targetPrimary", target));
        look();

        assertFound(
                FindingKind.PRIMARY_CHANGING,
                "cluster",
                "the operator is moving the primary from pg-1 to " + target,
                "one primary that stays");
        assertNone(FindingKind.OPERATOR_PRIMARY_DIFFERS);
    }

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

    @Test
    void theRecoveryWindowIsThatOfTheServerThatThePluginIsToldOf() {
        plugin(Map.of("barmanObjectName", "pg-store", "serverName", "pg-second-life"));
        cluster.without("Backup").change("ObjectStore", "pg-store", it -> {
            Map<String, Object> windows = at(it, "status.serverRecoveryWindow");
            windows.put("pg-second-life", windows.remove("pg"));
        });
        look();

        assertThat(kinds()).isEmpty();
        assertThat(view().backups().firstRecoverabilityPoint()).isPresent();
    }

    @Test
    void theWindowOfTheServerBeforeIsNotThatOfTheOneThatIsWrittenNow() {
        plugin(Map.of("barmanObjectName", "pg-store", "serverName", "pg-second-life"));
        cluster.without("Backup");
        look();

        assertThat(kinds()).containsExactly(FindingKind.BACKUP_TOO_OLD);
        assertThat(view().backups().firstRecoverabilityPoint()).isEmpty();
    }

    @Test
    void theWindowOfAnotherStoreIsNotThatOfTheOneThatThePluginIsToldOf() {
        plugin(Map.of("barmanObjectName", "another-store", "serverName", "pg"));
        cluster.without("Backup");
        look();

        assertThat(kinds()).containsExactly(FindingKind.BACKUP_TOO_OLD);
    }

    @Test
    void theMisspeltKeyOfThePluginsVersions03To05IsRead() {
        cluster.without("Backup").change("ObjectStore", "pg-store", it -> {
            Map<String, Object> window = at(it, "status.serverRecoveryWindow.pg");
            window.put("lastSuccussfulBackupTime", window.remove("lastSuccessfulBackupTime"));
        });
        look();

        assertThat(kinds()).isEmpty();
    }

    @Test
    void whatAnotherClusterHasIsNotOurs() {
        cluster.without("Backup")
                .without("ScheduledBackup")
                .without("ObjectStore")
                .without("FailoverQuorum")
                .without("Lease")
                .anotherCluster("other");
        look();

        assertThat(kinds()).containsExactlyInAnyOrder(FindingKind.BACKUP_TOO_OLD, FindingKind.BACKUP_NOT_SCHEDULED);
        assertThat(view().failoverQuorum()).isEmpty();
        assertThat(view().backups().schedules().orElseThrow()).isEmpty();
    }

    @Test
    void whoMayBePromotedIsWhatTheOperatorNotedOfThisCluster() {
        cluster.anotherCluster("other");
        look();

        assertThat(view().failoverQuorum().orElseThrow().standbys()).containsExactly("pg-2", "pg-3");
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
                OTHER_STANDBY.onTimeline(2),
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

    private void plugin(Map<String, Object> parameters) {
        cluster.change(
                "Cluster",
                "pg",
                it -> at(it, "spec")
                        .put(
                                "plugins",
                                List.of(Map.of("name", "barman-cloud.cloudnative-pg.io", "parameters", parameters))));
    }

    private KubernetesView view() {
        return story.current().kubernetes().orElseThrow();
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
    void aBackupOlderThanTheObjectiveIsFound() {
        // The newest backup ended five hours and 55 minutes before the fixture's time.
        story.after(Duration.ofHours(20).plusMinutes(5), soundThings());
        assertNone(FindingKind.BACKUP_TOO_OLD);

        story.after(SECOND, soundThings());
        assertFound(
                FindingKind.BACKUP_TOO_OLD,
                "backup",
                "the newest good backup is 1 d 2 h old",
                "one that is at most 1 d 2 h old");
    }

    @Test
    void noBackupAtAllIsFound() {
        cluster.without("Backup").without("ObjectStore");
        look();

        assertFound(FindingKind.BACKUP_TOO_OLD, "backup", "no good backup", "one that is at most 1 d 2 h old");
    }

    @Test
    void theStoreOfThePluginIsEnoughToKnowOfABackup() {
        cluster.without("Backup");
        look();

        assertNone(FindingKind.BACKUP_TOO_OLD);
    }

    @Test
    void backupsThatNobodyMaySeeAreUnknownAndNotMissing() {
        kubernetes
                .unseen(WatchedResource.BACKUPS, story.now(), FailureKind.PERMISSION_DENIED)
                .unseen(WatchedResource.OBJECT_STORES, story.now(), FailureKind.NO_SUCH_RESOURCE);
        look();

        assertThat(kinds()).containsExactlyInAnyOrder(FindingKind.RESOURCE_FORBIDDEN, FindingKind.RESOURCE_ABSENT);
    }

    @Test
    void aBackupThatFailedAfterTheLastGoodOneIsFound() {
        String failed = story.now().wallClock().minusSeconds(60).toString();
        cluster.change(
                "ObjectStore",
                "pg-store",
                it -> at(it, "status.serverRecoveryWindow.pg").put("lastFailedBackupTime", failed));
        look();

        assertFound(
                FindingKind.BACKUP_FAILING, "backup", "the last one failed at " + failed, "a last one that is good");
    }

    @Test
    void aBackupThatFailedBeforeTheLastGoodOneIsForgotten() {
        String failed = story.now().wallClock().minus(Duration.ofHours(7)).toString();
        cluster.change(
                "ObjectStore",
                "pg-store",
                it -> at(it, "status.serverRecoveryWindow.pg").put("lastFailedBackupTime", failed));
        look();

        assertThat(kinds()).isEmpty();
    }

    @Test
    void aBackupThatFailedSaysWhy() {
        String failed = story.now().wallClock().minusSeconds(30).toString();
        cluster.change("Backup", "pg-daily-1", it -> {
            at(it, "status").put("phase", "failed");
            at(it, "status").put("stoppedAt", failed);
            at(it, "status").put("error", "no such bucket");
        });
        look();

        assertFound(
                FindingKind.BACKUP_FAILING,
                "backup",
                "the last one failed at " + failed + ": no such bucket",
                "a last one that is good");
    }

    @Test
    void aFailureOfWhichTheStoreAloneKnowsHasNotTheReasonOfAnEarlierOne() {
        String failed = story.now().wallClock().minusSeconds(30).toString();
        cluster.change("Backup", "pg-daily-1", it -> {
            at(it, "status").put("phase", "failed");
            at(it, "status").put("error", "no such bucket");
        });
        cluster.change(
                "ObjectStore",
                "pg-store",
                it -> at(it, "status.serverRecoveryWindow.pg").put("lastFailedBackupTime", failed));
        look();

        assertFound(
                FindingKind.BACKUP_FAILING, "backup", "the last one failed at " + failed, "a last one that is good");
    }

    @Test
    void aBackupThatFailedAndSaysNoReasonHasNone() {
        String failed = story.now().wallClock().minusSeconds(30).toString();
        cluster.change("Backup", "pg-daily-1", it -> {
            at(it, "status").put("phase", "failed");
            at(it, "status").put("stoppedAt", failed);
        });
        look();

        assertFound(
                FindingKind.BACKUP_FAILING, "backup", "the last one failed at " + failed, "a last one that is good");
    }

    @Test
    void theOperatorsStatusIsEnoughToKnowOfABackup() {
        String yesterday = story.now().wallClock().minus(Duration.ofHours(25)).toString();
        cluster.without("Backup").without("ObjectStore").change("Cluster", "pg", it -> {
            at(it, "status").put("lastSuccessfulBackup", yesterday);
            at(it, "status").put("firstRecoverabilityPoint", yesterday);
        });
        look();

        assertThat(kinds()).isEmpty();
        assertThat(view().backups().age()).contains(Duration.ofHours(25).plus(SECOND));
        assertThat(view().backups().firstRecoverabilityPoint()).isPresent();
    }

    @Test
    void aCompletedBackupIsEnoughWithoutAStore() {
        cluster.without("ObjectStore");
        look();

        assertThat(kinds()).isEmpty();
    }

    @Test
    void backupsOfAnotherClusterDoNotCount() {
        cluster.without("ObjectStore")
                .change("Backup", "pg-daily-1", it -> at(it, "spec.cluster").put("name", "other"));
        look();

        assertThat(kinds()).containsExactly(FindingKind.BACKUP_TOO_OLD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            P35DT1S     | a restore was last verified 35 d 0 h ago
            -PT10M      | state-hub.io/restore-verified-at is "WRITTEN", which is no time in the past
            """)
    void aRestoreThatWasVerifiedTooLongAgoOrInTheFutureIsFound(Duration ago, String measured) {
        String written = story.now().wallClock().minus(ago).toString();
        cluster.restoreVerified(written);
        look();

        assertThat(kinds()).containsExactly(FindingKind.RESTORE_NOT_VERIFIED);
        assertFound(
                FindingKind.RESTORE_NOT_VERIFIED,
                "backup",
                measured.replace("WRITTEN", written),
                "one at most 35 d 0 h ago");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P34DT23H", "PT0S", "-PT5M"})
    void aRestoreThatWasVerifiedInTimeIsNot(Duration ago) {
        cluster.restoreVerified(story.now().wallClock().minus(ago).toString());
        look();

        assertThat(kinds()).isEmpty();
    }

    @Test
    void aRestoreThatNobodyVerifiedIsFoundAndAWordThatIsNoTimeIsNone() {
        cluster.restoreVerified("yesterday");
        look();
        assertFound(
                FindingKind.RESTORE_NOT_VERIFIED,
                "backup",
                "state-hub.io/restore-verified-at is \"yesterday\", which is no time in the past",
                "one at most 35 d 0 h ago");

        cluster.get("Cluster", "pg").getMetadata().setAnnotations(Map.of());
        look();
        assertFound(FindingKind.RESTORE_NOT_VERIFIED, "backup", "no restore was verified", "one at most 35 d 0 h ago");
    }

    @ParameterizedTest
    @CsvSource({"PT59M59S,PT1H", "-PT5M,PT0S", "-PT6M,"})
    void aFailoverDrillIsAsOldAsItSaysUnlessThatIsInTheFuture(Duration ago, @Nullable Duration age) {
        cluster.annotated(
                DrilledFailover.DRILLED_AT, story.now().wallClock().minus(ago).toString());
        look();

        KubernetesView view = story.current().kubernetes().orElseThrow();
        assertThat(view.failoverDrillAge()).isEqualTo(Optional.ofNullable(age));
        assertThat(view.failoverDrill().isPresent()).isEqualTo(age != null);
        assertThat(kinds()).isEmpty();
    }

    @Test
    void aScheduleThatIsSuspendedIsNone() {
        cluster.change("ScheduledBackup", "pg-daily", it -> at(it, "spec").put("suspend", true));
        look();

        assertThat(kinds()).containsExactly(FindingKind.BACKUP_NOT_SCHEDULED);
    }

    @Test
    void archivingThatFailsByTheOperatorsWordIsFound() {
        cluster.change("Cluster", "pg", it -> at(it, "status.conditions.1").put("status", "False"));
        look();

        assertFound(
                FindingKind.OPERATOR_ARCHIVING_FAILING,
                "cluster",
                "ContinuousArchiving is FALSE (ContinuousArchivingSuccess: works)",
                "ContinuousArchiving");
    }

    @Test
    void instancesOfSeveralSystemsByTheOperatorsWordAreFound() {
        cluster.change("Cluster", "pg", it -> {
            at(it, "status.conditions.3").put("status", "False");
            at(it, "status.conditions.3").put("reason", "Mismatch");
        });
        look();

        assertThat(kinds()).containsExactly(FindingKind.OPERATOR_SYSTEM_ID);
    }

    @Test
    void aSystemThatNoInstanceTellsTheOperatorIsNotADifferentOne() {
        cluster.change("Cluster", "pg", it -> {
            at(it, "status.conditions.3").put("status", "False");
            at(it, "status.conditions.3").put("reason", "NotFound");
        });
        look();

        assertThat(kinds()).isEmpty();
    }

    @Test
    void aBackupOfTheFutureIsNoneAndHasNoAge() {
        cluster.without("Backup").without("ObjectStore").change("Cluster", "pg", it -> {
            at(it, "status").put("lastSuccessfulBackup", "2099-01-01T00:00:00Z");
            at(it, "status").put("firstRecoverabilityPoint", "2099-01-01T00:00:00Z");
        });
        look();

        assertThat(view().backups().age()).isEmpty();
        assertThat(view().backups().firstRecoverabilityPoint()).isEmpty();
        assertThat(kinds()).containsExactly(FindingKind.BACKUP_TOO_OLD);
    }

    @Test
    void aBackupOfTheFutureHidesNoGoodOneNorAFailedOneThatIsNewer() {
        cluster.change("Cluster", "pg", it -> at(it, "status").put("lastSuccessfulBackup", "2099-01-01T00:00:00Z"));
        look();

        assertThat(kinds()).isEmpty();
        assertThat(view().backups().age().orElseThrow().isNegative()).isFalse();
    }

    @Test
    void fewerReadyInstancesThanAskedAreFound() {
        cluster.change("Cluster", "pg", it -> {
            at(it, "status").put("readyInstances", 2);
            at(it, "status").put("phase", "Waiting for the instances to become active");
            at(it, "status").put("phaseReason", "Some instances are not yet active");
        });
        look();

        assertFound(FindingKind.INSTANCES_NOT_READY, "cluster", "2 instances ready", "3");
        assertFound(
                FindingKind.OPERATOR_NOT_HEALTHY,
                "cluster",
                "phase 'Waiting for the instances to become active' (Some instances are not yet active)",
                "'Cluster in healthy state'");
    }

    @Test
    void aPhaseThatNobodyKnowsIsUnknown() {
        cluster.change("Cluster", "pg", it -> at(it, "status").put("phase", "Splendid"));
        look();

        assertFound(FindingKind.OPERATOR_PHASE_UNKNOWN, "cluster", "phase 'Splendid'", "a phase that is known here");
        assertThat(story.current().status(Scope.KUBERNETES)).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void aClusterThatHasNoStatusYetIsUnknownAndHasNoReadyInstance() {
        cluster.change("Cluster", "pg", it -> it.remove("status"));
        look();

        assertFound(FindingKind.OPERATOR_PHASE_UNKNOWN, "cluster", "no phase", "a phase that is known here");
        assertFound(FindingKind.INSTANCES_NOT_READY, "cluster", "0 instances ready", "3");
    }

    @Test
    void aClusterOfAnotherNameIsMissing() {
        cluster.without("Cluster");
        look();

        assertThat(kinds()).containsExactly(FindingKind.OPERATOR_CLUSTER_MISSING);
    }

    @Test
    void podsOfTheApiThatAreNotReadyAreNamed() {
        cluster.change(
                "Pod", "state-hub-6c5f-b", it -> at(it, "status.conditions.0").put("status", "False"));
        look();

        assertFound(FindingKind.API_PODS_NOT_READY, "api", "1 of 2 pods not ready: state-hub-6c5f-b", "0");
    }

    @Test
    void anObjectThatCanNotBeReadIsFoundAndTheOthersAreRead() {
        cluster.change("Node", "railiance02", it -> at(it, "status").put("conditions", "all fine"));
        look();

        assertFound(
                FindingKind.OBJECT_MALFORMED,
                "nodes",
                "1 that can't be read: status.conditions is not a list",
                "objects of the form that their kind has");
        assertThat(story.current().kubernetes().orElseThrow().nodes()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(WatchedResource.class)
    void eachKindThatIsForbiddenIsItsOwnFindingAndLeavesThePodReady(WatchedResource resource) {
        kubernetes.unseen(resource, story.now(), FailureKind.PERMISSION_DENIED);
        look();

        assertThat(story.current().findings())
                .extracting(Finding::kind, Finding::subject)
                .contains(tuple(FindingKind.RESOURCE_FORBIDDEN, resource.label()));
        assertThat(story.current().status(Scope.KUBERNETES)).isEqualTo(Status.UNKNOWN);
        assertThat(story.current().readiness().ready()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"NO_SUCH_RESOURCE", "AUTHENTICATION", "REFUSED", "TIMED_OUT", "BAD_STATUS", "BAD_BODY"})
    void absentForbiddenAndUnreachableAreThreeFindings(FailureKind why) {
        kubernetes.unseen(WatchedResource.NODES, story.now(), why);
        look();

        FindingKind expected = switch (why) {
            case NO_SUCH_RESOURCE -> FindingKind.RESOURCE_ABSENT;
            case AUTHENTICATION -> FindingKind.RESOURCE_FORBIDDEN;
            default -> FindingKind.RESOURCE_UNREACHABLE;
        };
        assertThat(kinds()).containsExactly(expected);
    }

    @Test
    void aBrokenWatchIsBelievedForAMinuteAndThenStale() {
        Moment broken = story.now();
        kubernetes.lost(WatchedResource.NODES, broken, FailureKind.RESET);
        story.after(Duration.ofSeconds(60), soundThings());
        assertThat(kinds()).isEmpty();
        assertThat(story.current().kubernetes().orElseThrow().nodes()).hasSize(3);

        story.after(SECOND, soundThings());
        assertFound(
                FindingKind.WATCH_STALE,
                "nodes",
                "not in step for 61.0 s: connection broken (by the script)",
                "60.0 s");
        assertThat(story.current().kubernetes().orElseThrow().nodes()).isEmpty();
    }

    @Test
    void anApiServerThatNeverAnswersIsFoundAfterAMinute() {
        kubernetes.pending(WatchedResource.VOLUMES, story.now());
        story.after(Duration.ofSeconds(60), soundThings());
        assertThat(kinds()).isEmpty();

        story.after(SECOND, soundThings());
        assertFound(FindingKind.WATCH_STALE, "volumes", "not in step for 61.0 s: no answer", "60.0 s");
    }

    @Test
    void watchesThatNobodyLooksAtSayNothingAfterAMinute() {
        look();
        story.after(Duration.ofSeconds(61), PRIMARY, STANDBY, OTHER_STANDBY, endpointTo(PRIMARY));

        assertThat(kinds()).contains(FindingKind.WATCH_STALE);
        assertThat(story.current().kubernetes().orElseThrow().cluster()).isEmpty();
    }

    @Test
    void whatNobodyLookedAtWhileThisProcessWasStoppedIsNoFindingBesideThat() {
        look();
        story.next(lost(Duration.ZERO));
        story.after(Duration.ofSeconds(90), at -> new JournalObservation(at, Optional.empty(), 0, 0, 0));

        assertThat(kinds()).contains(FindingKind.OWN_PROCESS_LATE).doesNotContain(FindingKind.WATCH_STALE);
        assertThat(story.current().kubernetes().orElseThrow().cluster()).isEmpty();
    }

    @Test
    void kindsThatAreOffAreNoFinding() {
        kubernetes.off(WatchedResource.VOLUMES).off(WatchedResource.ENGINES).off(WatchedResource.REPLICAS);
        look();

        assertThat(story.current().findings()).isEmpty();
    }

    @Test
    void aLeaseThatCanNotBeReadIsAFaultOfOurMeans() {
        kubernetes.leadership(new Leadership(
                Leadership.Role.ALONE,
                Optional.empty(),
                Optional.of(new Failure(FailureKind.PERMISSION_DENIED, "leases: no"))));
        look();

        assertFound(
                FindingKind.LEASE_UNKNOWN,
                "lease",
                "permission denied (leases: no)",
                "a lease that can be read and renewed");
        assertThat(story.current().status(Scope.OBSERVATION)).isEqualTo(Status.DEGRADED);
    }

    @Test
    void beatsThatAnotherSidecarWritesAreNoFault() {
        story.next(Observed.beatFailed(FailureKind.STANDING_BY));

        assertNone(FindingKind.HEARTBEAT_NOT_PERMITTED);
    }

    @Test
    void noMemberKnownIsUnknownAndNotALostPrimary() {
        Story discovering = new Story(Story.POLICY);
        discovering.next(failed(ApiCheck.LIVENESS, FailureKind.REFUSED), endpointTo(PRIMARY));

        assertThat(discovering.current().findings())
                .extracting(Finding::kind)
                .contains(FindingKind.MEMBERS_UNKNOWN)
                .doesNotContain(FindingKind.NO_PRIMARY);
        assertThat(discovering.current().status(Scope.REPLICATION)).isEqualTo(Status.UNKNOWN);
    }

    /** Everything sound but what the test has changed, seen once more. */
    private void look() {
        story.next(soundThings());
    }

    private Sighting[] soundThings() {
        return new Sighting[] {
            PRIMARY,
            STANDBY,
            OTHER_STANDBY,
            endpointTo(PRIMARY),
            answered(ApiCheck.LIVENESS),
            answered(ApiCheck.READINESS),
            kubernetes.sighting()
        };
    }

    private void unready(String node, String status) {
        cluster.change("Node", node, it -> at(it, "status.conditions.3").put("status", status));
    }

    private List<FindingKind> kinds() {
        return story.current().findings().stream().map(Finding::kind).toList();
    }

    private void assertFound(FindingKind kind, String subject, String measured, String allowed) {
        assertThat(story.current().findings())
                .extracting(Finding::kind, Finding::subject, Finding::measured, Finding::allowed)
                .contains(tuple(kind, subject, measured, allowed));
    }

    private void assertNone(FindingKind kind) {
        assertThat(kinds()).doesNotContain(kind);
    }
}
