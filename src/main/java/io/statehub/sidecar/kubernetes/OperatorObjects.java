package io.statehub.sidecar.kubernetes;

import io.statehub.sidecar.observation.kubernetes.BackupState;
import io.statehub.sidecar.observation.kubernetes.DrilledFailover;
import io.statehub.sidecar.observation.kubernetes.FailoverQuorum;
import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import io.statehub.sidecar.observation.kubernetes.RecoveryWindow;
import io.statehub.sidecar.observation.kubernetes.ScheduledBackupState;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import java.util.List;

/** The kinds of objects of cloudnative-pg and of its backup plugin. */
final class OperatorObjects {

    private static final String GROUP = "postgresql.cnpg.io";

    static final ObjectKind<OperatorCluster> CLUSTERS =
            ObjectKind.of(WatchedResource.CLUSTER, GROUP, "v1", "Cluster", "clusters", true, OperatorObjects::cluster);
    static final ObjectKind<FailoverQuorum> FAILOVER_QUORUMS = ObjectKind.of(
            WatchedResource.FAILOVER_QUORUM,
            GROUP,
            "v1",
            "FailoverQuorum",
            "failoverquorums",
            true,
            OperatorObjects::failoverQuorum);
    static final ObjectKind<BackupState> BACKUPS =
            ObjectKind.of(WatchedResource.BACKUPS, GROUP, "v1", "Backup", "backups", true, OperatorObjects::backup);
    static final ObjectKind<ScheduledBackupState> SCHEDULED_BACKUPS = ObjectKind.of(
            WatchedResource.SCHEDULED_BACKUPS,
            GROUP,
            "v1",
            "ScheduledBackup",
            "scheduledbackups",
            true,
            OperatorObjects::scheduledBackup);
    static final ObjectKind<RecoveryWindow> OBJECT_STORES = ObjectKind.of(
            WatchedResource.OBJECT_STORES,
            "barmancloud.cnpg.io",
            "v1",
            "ObjectStore",
            "objectstores",
            true,
            OperatorObjects::recoveryWindows);

    private OperatorObjects() {}

    private static List<OperatorCluster> cluster(ObjectFields object) {
        ObjectFields spec = object.in("spec");
        ObjectFields status = object.in("status");
        return List.of(new OperatorCluster(
                object.in("metadata").requiredText("name"),
                object.in("metadata").text("uid"),
                status.text("phase"),
                status.text("phaseReason"),
                spec.integer("instances"),
                status.integer("readyInstances"),
                status.texts("instanceNames"),
                status.optionalText("currentPrimary"),
                status.optionalText("targetPrimary"),
                status.number("timelineID"),
                status.time("lastSuccessfulBackup"),
                status.time("firstRecoverabilityPoint"),
                object.in("metadata").in("annotations").optionalText(OperatorCluster.RESTORE_VERIFIED),
                DrilledFailover.of(object.in("metadata").textsByName("annotations")),
                ClusterDeclarations.of(object),
                status.conditions()));
    }

    private static List<FailoverQuorum> failoverQuorum(ObjectFields object) {
        ObjectFields status = object.in("status");
        return List.of(new FailoverQuorum(
                object.in("metadata").requiredText("name"),
                status.optionalText("method"),
                status.texts("standbyNames"),
                status.integer("standbyNumber"),
                status.optionalText("primary")));
    }

    private static List<BackupState> backup(ObjectFields object) {
        ObjectFields status = object.in("status");
        ObjectFields spec = object.in("spec");
        return List.of(new BackupState(
                object.in("metadata").requiredText("name"),
                spec.in("cluster").text("name"),
                status.text("phase"),
                status.time("startedAt"),
                status.time("stoppedAt"),
                status.text("error")));
    }

    private static List<ScheduledBackupState> scheduledBackup(ObjectFields object) {
        ObjectFields spec = object.in("spec");
        ObjectFields status = object.in("status");
        return List.of(new ScheduledBackupState(
                object.in("metadata").requiredText("name"),
                spec.in("cluster").text("name"),
                spec.text("schedule"),
                spec.flag("suspend"),
                status.time("nextScheduleTime")));
    }

    private static List<RecoveryWindow> recoveryWindows(ObjectFields object) {
        String store = object.in("metadata").requiredText("name");
        return object.in("status")
                .namedObjects(
                        "serverRecoveryWindow",
                        (server, window) -> new RecoveryWindow(
                                store,
                                server,
                                window.time("firstRecoverabilityPoint"),
                                // Versions 0.3 to 0.5 of the plugin misspell it.
                                window.time("lastSuccessfulBackupTime")
                                        .or(() -> window.time("lastSuccussfulBackupTime")),
                                window.time("lastFailedBackupTime")));
    }
}
