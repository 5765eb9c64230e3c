package io.statehub.sidecar.assessment;

import static java.util.Comparator.naturalOrder;

import io.statehub.sidecar.observation.kubernetes.BackupServer;
import io.statehub.sidecar.observation.kubernetes.BackupState;
import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import io.statehub.sidecar.observation.kubernetes.RecoveryWindow;
import io.statehub.sidecar.observation.kubernetes.ScheduledBackupState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the operator, its backups and the object stores say of how the cluster could be recovered. A time that lies in
 * the future is a mistake, and says nothing.
 */
public record BackupView(KubernetesView kubernetes) {

    /** The cluster's backups. */
    public List<BackupState> all() {
        return kubernetes.all(kubernetes.state().backups()).stream()
                .filter(backup -> kubernetes.isCluster(backup.cluster()))
                .toList();
    }

    /** The plans by which the cluster's backups are made; empty if they are not known. */
    public Optional<List<ScheduledBackupState>> schedules() {
        return kubernetes
                .known(kubernetes.state().scheduledBackups())
                .map(all -> all.stream()
                        .filter(schedule -> kubernetes.isCluster(schedule.cluster()))
                        .toList());
    }

    /** What the object stores know of the cluster. */
    public List<RecoveryWindow> recoveryWindows() {
        return kubernetes.all(kubernetes.state().objectStores()).stream()
                .filter(window -> kubernetes
                        .cluster()
                        .filter(cluster -> keptAs(window, cluster))
                        .isPresent())
                .toList();
    }

    /** Where the spec names no place, the one that has the cluster's name. */
    private static boolean keptAs(RecoveryWindow window, OperatorCluster cluster) {
        List<BackupServer> servers = cluster.declared().backupServers();
        return servers.isEmpty()
                ? window.server().equals(cluster.name())
                : servers.stream()
                        .anyMatch(server -> server.server().equals(window.server())
                                && (server.store().isEmpty() || server.store().equals(window.store())));
    }

    /** Whether anything is known from which a backup could be seen. */
    public boolean known() {
        return kubernetes.known(kubernetes.state().backups()).isPresent()
                || kubernetes.known(kubernetes.state().objectStores()).isPresent();
    }

    /** When the newest good backup ended, by whichever source knows of the newest. */
    public Optional<Instant> lastGood() {
        return Stream.of(
                        kubernetes.cluster().stream().flatMap(cluster -> cluster.lastSuccessfulBackup().stream()),
                        all().stream().filter(BackupState::completed).flatMap(backup -> backup.stopped().stream()),
                        recoveryWindows().stream().flatMap(window -> window.lastSuccessfulBackup().stream()))
                .flatMap(times -> times)
                .filter(kubernetes::isPast)
                .max(naturalOrder());
    }

    /** When the newest failed backup failed. */
    public Optional<Instant> lastFailed() {
        return Stream.concat(
                        all().stream()
                                .filter(BackupState::failed)
                                .flatMap(backup -> backup.stopped().or(backup::started).stream()),
                        recoveryWindows().stream().flatMap(window -> window.lastFailedBackup().stream()))
                .filter(kubernetes::isPast)
                .max(naturalOrder());
    }

    /** Why the newest failed backup failed, where it says so. */
    Optional<String> lastError() {
        return all().stream()
                .filter(BackupState::failed)
                .filter(backup -> backup.stopped().or(backup::started).equals(lastFailed()))
                .map(BackupState::error)
                .filter(error -> !error.isEmpty())
                .findFirst();
    }

    /** From when on the cluster can be recovered, by whichever source reaches back furthest. */
    public Optional<Instant> firstRecoverabilityPoint() {
        return Stream.concat(
                        recoveryWindows().stream().flatMap(window -> window.firstRecoverabilityPoint().stream()),
                        kubernetes.cluster().stream().flatMap(cluster -> cluster.firstRecoverabilityPoint().stream()))
                .filter(kubernetes::isPast)
                .min(naturalOrder());
    }

    /**
     * How old the newest good backup is. Its time is of another machine's clock, so this is off by what the clocks
     * differ; against an age of hours that doesn't matter.
     */
    public Optional<Duration> age() {
        return lastGood().flatMap(kubernetes::ageOf);
    }
}
