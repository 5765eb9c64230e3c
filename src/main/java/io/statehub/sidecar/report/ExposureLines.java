package io.statehub.sidecar.report;

import static java.util.stream.Collectors.joining;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.assessment.RpoExposure;
import io.statehub.sidecar.observation.WalSender;
import io.statehub.sidecar.observation.kubernetes.SynchronousReplication;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the loss of the primary would cost now, by what the servers do and not by what they were asked to. */
final class ExposureLines {

    private static final String IN_EFFECT = "synchronous replication in effect";
    private static final String EXPOSURE = "RPO, loss of a node";
    private static final String ARCHIVE = "RPO, loss of all nodes";

    private ExposureLines() {}

    static List<ReportLine> of(Assessment assessment, ReportedObjectives objectives) {
        Optional<RpoExposure> exposure = RpoExposure.of(assessment.cluster());
        OptionalInt asked = assessment
                .kubernetes()
                .flatMap(view -> view.declared().cluster())
                .flatMap(cluster -> cluster.declared().synchronous())
                .map(SynchronousReplication::number)
                .orElse(OptionalInt.empty());
        return List.of(
                inEffect(assessment.cluster().primary(), asked, objectives),
                exposure(exposure, objectives),
                archive(exposure, objectives));
    }

    private static ReportLine inEffect(Optional<MemberView> primary, OptionalInt asked, ReportedObjectives objectives) {
        if (primary.filter(MemberView::statisticsVisible).isEmpty()) {
            return unknown(IN_EFFECT, "no primary is in view that shows its standbys");
        }
        List<WalSender> senders = primary.stream()
                .flatMap(member -> member.state().stream())
                .flatMap(state -> state.walSenders().stream())
                .filter(sender -> sender.streaming() && (sender.acknowledges() || sender.synchronous()))
                .toList();
        long waitedFor = senders.stream().filter(WalSender::synchronous).count();
        int needed = Math.max(asked.orElse(0), objectives.nothingMayBeLost() ? 1 : 0);
        String seen = senders.isEmpty()
                ? "no standby streams"
                : senders.stream()
                        .map(sender -> sender.applicationName() + " " + sender.syncState())
                        .collect(joining(", "));
        boolean enough = waitedFor >= needed;
        return new ReportLine(
                IN_EFFECT,
                enough ? CheckResult.PASS : CheckResult.FAIL,
                seen + (enough ? "" : "; allowed: at least " + needed + " that commits wait for"));
    }

    private static ReportLine exposure(Optional<RpoExposure> exposure, ReportedObjectives objectives) {
        String objective = "; objective: " + Figures.seconds(objectives.rpo());
        if (exposure.isEmpty()) {
            return unknown(EXPOSURE, "no primary is in view that shows its standbys");
        }
        if (exposure.get().unprotected()) {
            return new ReportLine(EXPOSURE, CheckResult.FAIL, "no standby streams" + objective);
        }
        if (exposure.get().synchronous()) {
            return new ReportLine(
                    EXPOSURE, CheckResult.PASS, "0 s: commits wait for a standby that streams" + objective);
        }
        if (objectives.nothingMayBeLost()) {
            return new ReportLine(EXPOSURE, CheckResult.FAIL, "commits wait for no standby" + objective);
        }
        Optional<Duration> atMost = exposure.get().time().flatMap(staleness -> staleness.atMost());
        return atMost.map(age -> new ReportLine(
                        EXPOSURE,
                        age.compareTo(objectives.rpo()) <= 0 ? CheckResult.PASS : CheckResult.FAIL,
                        "at most " + Figures.seconds(age) + " now" + objective))
                .orElseGet(() -> unknown(EXPOSURE, "nothing bounds what a standby lacks" + objective));
    }

    /** An old segment is right as long as nothing is written, which one look can't tell. */
    private static ReportLine archive(Optional<RpoExposure> exposure, ReportedObjectives objectives) {
        String objective = "; objective: " + Figures.age(objectives.archiveAge());
        Optional<Duration> age = exposure.flatMap(RpoExposure::sinceArchived);
        if (age.isEmpty()) {
            return unknown(ARCHIVE, "when a segment of the log was last archived is not known" + objective);
        }
        boolean young = age.get().compareTo(objectives.archiveAge()) <= 0;
        return new ReportLine(
                ARCHIVE,
                young ? CheckResult.PASS : CheckResult.UNKNOWN,
                "the last segment was archived " + Figures.age(age.get()) + " ago"
                        + (young ? "" : ", which is right only if nothing was written since") + objective);
    }

    private static ReportLine unknown(String subject, String why) {
        return new ReportLine(subject, CheckResult.UNKNOWN, why);
    }
}
