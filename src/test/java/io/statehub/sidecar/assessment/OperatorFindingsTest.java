package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.kubernetes.FixtureCluster.at;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operator says of the cluster, beside what we see of it. */
class OperatorFindingsTest extends KubernetesStory {

    @Test
    void theOperatorThatCallsADivergedMemberHealthyOverlooksIt() {
        story.next(
                PRIMARY.onTimeline(2),
                STANDBY,
                OTHER.onTimeline(2),
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
}
