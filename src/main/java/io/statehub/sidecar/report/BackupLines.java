package io.statehub.sidecar.report;

import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.KubernetesView;
import io.statehub.sidecar.observation.kubernetes.Condition;
import io.statehub.sidecar.observation.kubernetes.ConditionStatus;
import io.statehub.sidecar.observation.kubernetes.ScheduledBackupState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether the data could be had back. */
final class BackupLines {

    private BackupLines() {}

    static ReportSection of(Optional<KubernetesView> kubernetes, FindingLines findings) {
        if (kubernetes.isEmpty()) {
            return new ReportSection("Backups", List.of(ReportAssembly.notAsked("backups")));
        }
        KubernetesView view = kubernetes.get();
        Optional<String> newest = view.backups().lastGood().map(ended -> "the newest ended at " + ended);
        Optional<String> schedule = view.backups()
                .schedules()
                .flatMap(all -> all.stream().filter(it -> !it.suspended()).findFirst())
                .map(BackupLines::described);
        return new ReportSection(
                "Backups",
                List.of(
                        findings.line(
                                "newest good backup",
                                newest,
                                FindingLines.of(FindingKind.BACKUP_TOO_OLD, FindingKind.BACKUP_FAILING)),
                        findings.line("schedule", schedule, FindingLines.of(FindingKind.BACKUP_NOT_SCHEDULED)),
                        findings.line(
                                "log archive",
                                archiving(view),
                                FindingLines.of(FindingKind.OPERATOR_ARCHIVING_FAILING, FindingKind.ARCHIVING_FAILING)),
                        findings.line(
                                "recovery window",
                                view.backups()
                                        .firstRecoverabilityPoint()
                                        .map(first -> "the cluster can be recovered from " + first + " on"),
                                finding -> false),
                        findings.line(
                                "verified restore",
                                view.restoreAge().map(age -> "the last one was " + Figures.age(age) + " ago"),
                                FindingLines.of(FindingKind.RESTORE_NOT_VERIFIED))));
    }

    private static String described(ScheduledBackupState schedule) {
        return schedule.name() + " at '" + schedule.schedule() + "'"
                + schedule.next()
                        .map(Instant::toString)
                        .map(next -> ", next at " + next)
                        .orElse("");
    }

    private static Optional<String> archiving(KubernetesView view) {
        return view.cluster()
                .flatMap(cluster -> cluster.conditions().get("ContinuousArchiving"))
                .filter(condition -> condition.status() == ConditionStatus.TRUE)
                .map(Condition::described);
    }
}
