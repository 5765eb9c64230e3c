package io.statehub.sidecar.report;

import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.assessment.KubernetesView;
import io.statehub.sidecar.observation.kubernetes.FailoverQuorum;
import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import io.statehub.sidecar.observation.kubernetes.SynchronousReplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Whether the cluster is set up so that no acknowledged write is lost with a node, as its spec says. */
final class DurabilityLines {

    private static final String SYNCHRONOUS = "synchronous replication";
    private static final String NUMBER = "standbys that a commit waits for";
    private static final String DURABILITY = "a commit without a standby";
    private static final String QUORUM = "failover quorum";

    private static final String NO_QUORUM = "not asked for: a standby may be promoted that lacks acknowledged writes";

    private DurabilityLines() {}

    static List<ReportLine> of(Optional<KubernetesView> kubernetes, ReportedObjectives objectives) {
        if (kubernetes.isEmpty()) {
            return List.of(ReportAssembly.notAsked(SYNCHRONOUS));
        }
        Optional<OperatorCluster> cluster = kubernetes.get().cluster();
        if (cluster.isEmpty()) {
            return List.of(unknown(SYNCHRONOUS, "the operator's cluster is not known"));
        }
        List<ReportLine> lines = new ArrayList<>();
        Optional<SynchronousReplication> declared = cluster.get().declared().synchronous();
        if (declared.isEmpty()) {
            lines.add(wanted(SYNCHRONOUS, false, "none is asked for: a node's loss loses its last writes", objectives));
            lines.add(wanted(NUMBER, false, "none", objectives));
            lines.add(wanted(DURABILITY, false, "is acknowledged", objectives));
            lines.add(wanted(QUORUM, false, NO_QUORUM, objectives));
        } else {
            synchronous(declared.get(), cluster.get(), kubernetes.get(), objectives, lines);
        }
        placement(cluster.get(), lines);
        return lines;
    }

    private static void synchronous(
            SynchronousReplication declared,
            OperatorCluster cluster,
            KubernetesView view,
            ReportedObjectives objectives,
            List<ReportLine> lines) {
        String method = declared.method().orElse("an unknown method");
        lines.add(wanted(SYNCHRONOUS, true, "asked for by " + method, objectives));
        lines.add(number(declared, cluster));
        lines.add(wanted(
                DURABILITY,
                declared.required(),
                declared.required()
                        ? "is not acknowledged (dataDurability required)"
                        : "is acknowledged (dataDurability "
                                + declared.durability().orElse("") + ")",
                objectives));
        lines.add(quorum(declared, cluster, view.failoverQuorum(), objectives));
    }

    /** One standby more than are waited for: else the loss of any one stops writes. */
    private static ReportLine number(SynchronousReplication declared, OperatorCluster cluster) {
        OptionalInt number = declared.number();
        if (number.isEmpty() || cluster.instances().isEmpty()) {
            return unknown(NUMBER, "how many is not written");
        }
        int standbys = cluster.instances().getAsInt() - 1;
        boolean spare = number.getAsInt() > 0 && number.getAsInt() < standbys;
        return new ReportLine(
                NUMBER,
                spare ? CheckResult.PASS : CheckResult.FAIL,
                number.getAsInt() + " of " + standbys
                        + (spare
                                ? ""
                                : "; allowed: at least 1, and fewer than there are, or the loss of one stops writes"));
    }

    private static ReportLine quorum(
            SynchronousReplication declared,
            OperatorCluster cluster,
            Optional<FailoverQuorum> noted,
            ReportedObjectives objectives) {
        if (!declared.quorum()) {
            return wanted(QUORUM, false, NO_QUORUM, objectives);
        }
        if (noted.isEmpty()) {
            return unknown(QUORUM, "asked for, and the operator has noted none that is known");
        }
        boolean current = noted.get().primary().equals(cluster.currentPrimary());
        String who =
                noted.get().method().orElse("?") + " " + noted.get().number().orElse(0) + " ("
                        + String.join(", ", noted.get().standbys()) + ") of primary "
                        + noted.get().primary().orElse("unknown");
        return new ReportLine(
                QUORUM,
                current ? CheckResult.PASS : CheckResult.FAIL,
                who
                        + (current
                                ? ""
                                : "; allowed: that of the operator's primary "
                                        + cluster.currentPrimary().orElse("unknown")));
    }

    private static void placement(OperatorCluster cluster, List<ReportLine> lines) {
        boolean three = cluster.instances().orElse(0) >= 3;
        lines.add(new ReportLine(
                "instances",
                three ? CheckResult.PASS : CheckResult.FAIL,
                cluster.instances().orElse(0) + (three ? "" : "; allowed: at least 3")));
        lines.add(new ReportLine(
                "rule of placement",
                cluster.declared().spread() ? CheckResult.PASS : CheckResult.FAIL,
                cluster.declared().spread()
                        ? "never two instances on one node"
                        : "two instances may be placed on one node; allowed: podAntiAffinityType required"));
        lines.add(new ReportLine(
                "volume of the log",
                cluster.declared().logVolume() ? CheckResult.PASS : CheckResult.FAIL,
                cluster.declared().logVolume()
                        ? "one of its own"
                        : "the same as that of the data; allowed: one of its own, so that neither fills the other"));
    }

    /** What is needed only if nothing may be lost. */
    private static ReportLine wanted(String subject, boolean there, String seen, ReportedObjectives objectives) {
        boolean pass = there || !objectives.nothingMayBeLost();
        return new ReportLine(
                subject,
                pass ? CheckResult.PASS : CheckResult.FAIL,
                seen + "; objective: RPO " + Figures.seconds(objectives.rpo()));
    }

    private static ReportLine unknown(String subject, String why) {
        return new ReportLine(subject, CheckResult.UNKNOWN, why);
    }
}
