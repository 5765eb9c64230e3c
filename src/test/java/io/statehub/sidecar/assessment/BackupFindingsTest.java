package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Telling.SECOND;
import static io.statehub.sidecar.testing.kubernetes.FixtureCluster.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.kubernetes.DrilledFailover;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How old backups are, whether they are made, and whether a restore of one was verified. */
class BackupFindingsTest extends KubernetesStory {

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
    void aBackupOlderThanTheObjectiveIsFound() {
        // The newest backup ended five hours and 55 minutes before the fixture's time.
        story.after(Duration.ofHours(20).plusMinutes(5), sound().sightings());
        assertNone(FindingKind.BACKUP_TOO_OLD);

        story.after(SECOND, sound().sightings());
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

    private void plugin(Map<String, Object> parameters) {
        cluster.change(
                "Cluster",
                "pg",
                it -> at(it, "spec")
                        .put(
                                "plugins",
                                List.of(Map.of("name", "barman-cloud.cloudnative-pg.io", "parameters", parameters))));
    }
}
