package io.statehub.sidecar.report;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.Finding;
import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.KubernetesView;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.assessment.Scope;
import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Every member, the cluster as one thing, and whether the operator sees the same. */
final class DatabaseLines {

    private DatabaseLines() {}

    static ReportSection of(Assessment assessment, Optional<KubernetesView> kubernetes, FindingLines findings) {
        ClusterView cluster = assessment.cluster();
        List<ReportLine> lines = new ArrayList<>();
        for (MemberView member : cluster.members()) {
            lines.add(findings.line(member.name(), described(member, cluster), onMember(member.name())));
        }
        lines.add(findings.line(
                "primary",
                primary(cluster),
                FindingLines.of(
                        FindingKind.NO_PRIMARY,
                        FindingKind.PRIMARY_UNKNOWN,
                        FindingKind.TWO_PRIMARIES,
                        FindingKind.MEMBERS_UNKNOWN)));
        lines.add(findings.line("redundancy", redundancy(cluster), FindingLines.of(FindingKind.NOT_REDUNDANT)));
        if (kubernetes.isEmpty()) {
            lines.add(ReportAssembly.notAsked("operator"));
        } else {
            operator(kubernetes.get(), findings, lines);
        }
        return new ReportSection("Database", lines);
    }

    private static Predicate<Finding> onMember(String name) {
        return FindingLines.on(name).and(finding -> finding.kind().scope() == Scope.REPLICATION);
    }

    /** A standby whose lag is unknown is known all the same; that it lags is a finding. */
    private static Optional<String> described(MemberView member, ClusterView cluster) {
        return member.role()
                .map(role -> role.name().toLowerCase(Locale.ROOT)
                        + member.timeline()
                                .map(timeline -> ", timeline " + timeline)
                                .orElse("")
                        + (member.isPrimary()
                                        || cluster.lag()
                                                .bytesBehindPrimary(member)
                                                .isEmpty()
                                ? ""
                                : ", "
                                        + cluster.lag()
                                                .bytesBehindPrimary(member)
                                                .getAsLong() + " B behind the primary"));
    }

    private static Optional<String> primary(ClusterView cluster) {
        return cluster.primary().map(primary -> primary.name() + " is the one member out of recovery");
    }

    private static Optional<String> redundancy(ClusterView cluster) {
        int streaming = cluster.streamingStandbys().size();
        return streaming == 0 ? Optional.empty() : Optional.of(streaming + " standbys stream");
    }

    private static void operator(KubernetesView view, FindingLines findings, List<ReportLine> lines) {
        Optional<OperatorCluster> operator = view.cluster();
        lines.add(findings.line(
                "operator",
                operator.map(it -> "phase '" + it.phase() + "', " + count(it.readyInstances()) + " of "
                        + count(it.instances()) + " instances ready"),
                FindingLines.of(
                        FindingKind.OPERATOR_CLUSTER_MISSING,
                        FindingKind.OPERATOR_NOT_HEALTHY,
                        FindingKind.OPERATOR_PHASE_UNKNOWN,
                        FindingKind.INSTANCES_NOT_READY,
                        FindingKind.OPERATOR_SYSTEM_ID)));
        lines.add(findings.line(
                "operator and members agree",
                operator.flatMap(OperatorCluster::currentPrimary)
                        .map(primary -> "the operator's primary is " + primary),
                FindingLines.of(
                        FindingKind.OPERATOR_OVERLOOKS,
                        FindingKind.OPERATOR_PRIMARY_DIFFERS,
                        FindingKind.PRIMARY_CHANGING)));
        lines.add(findings.line(
                "placement",
                placement(view),
                FindingLines.of(FindingKind.INSTANCES_SHARE_NODE, FindingKind.PRIMARY_ON_UNREADY_NODE)));
    }

    private static String count(OptionalInt number) {
        return number.isPresent() ? String.valueOf(number.getAsInt()) : "an unknown number";
    }

    private static Optional<String> placement(KubernetesView view) {
        List<String> places = view.instancePods().stream()
                .filter(pod -> pod.node().isPresent())
                .map(pod -> pod.name() + " on " + pod.node().get())
                .toList();
        return places.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", places));
    }
}
