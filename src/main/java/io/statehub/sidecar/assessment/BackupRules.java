package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import io.statehub.sidecar.observation.kubernetes.ScheduledBackupState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What can be wrong with the backups. */
final class BackupRules {

    private BackupRules() {}

    static void check(KubernetesView view, KubernetesPolicy policy, Findings findings) {
        if (view.cluster().isEmpty()) {
            return;
        }
        restore(view, policy, findings);
        // What is stopped because somebody wants it so can't be backed up, and has nothing new to back up.
        if (!view.backups().known() || view.declared().stopped()) {
            return;
        }
        age(view, policy, findings);
        failures(view, findings);
        schedule(view, findings);
    }

    private static void age(KubernetesView view, KubernetesPolicy policy, Findings findings) {
        Optional<Duration> age = view.backups().age();
        String allowed = "one that is at most " + Figures.age(policy.maxBackupAge()) + " old";
        if (age.isEmpty()) {
            findings.add(FindingKind.BACKUP_TOO_OLD, Findings.BACKUP, "no good backup", allowed);
        } else if (age.get().compareTo(policy.maxBackupAge()) > 0) {
            findings.add(
                    FindingKind.BACKUP_TOO_OLD,
                    Findings.BACKUP,
                    "the newest good backup is " + Figures.age(age.get()) + " old",
                    allowed);
        }
    }

    /** A backup that nobody has restored is a hope. */
    private static void restore(KubernetesView view, KubernetesPolicy policy, Findings findings) {
        Optional<Duration> age = view.restoreAge();
        if (age.filter(it -> it.compareTo(policy.maxRestoreAge()) <= 0).isPresent()) {
            return;
        }
        String measured = age.map(it -> "a restore was last verified " + Figures.age(it) + " ago")
                .or(() -> view.restoreVerified()
                        .map(written -> OperatorCluster.RESTORE_VERIFIED + " is \"" + written
                                + "\", which is no time in the past"))
                .orElse("no restore was verified");
        findings.add(
                FindingKind.RESTORE_NOT_VERIFIED,
                Findings.BACKUP,
                measured,
                "one at most " + Figures.age(policy.maxRestoreAge()) + " ago");
    }

    private static void failures(KubernetesView view, Findings findings) {
        Optional<Instant> failed = view.backups().lastFailed();
        Optional<Instant> good = view.backups().lastGood();
        if (failed.isPresent() && (good.isEmpty() || failed.get().isAfter(good.get()))) {
            findings.add(
                    FindingKind.BACKUP_FAILING,
                    Findings.BACKUP,
                    "the last one failed at " + failed.get()
                            + view.backups()
                                    .lastError()
                                    .map(error -> ": " + error)
                                    .orElse(""),
                    "a last one that is good");
        }
    }

    private static void schedule(KubernetesView view, Findings findings) {
        Optional<List<ScheduledBackupState>> schedules = view.backups().schedules();
        if (schedules.isPresent() && schedules.get().stream().allMatch(ScheduledBackupState::suspended)) {
            findings.add(
                    FindingKind.BACKUP_NOT_SCHEDULED,
                    Findings.BACKUP,
                    "no schedule that is not suspended",
                    "at least 1");
        }
    }
}
