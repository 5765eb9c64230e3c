package io.statehub.sidecar.assessment;

import static java.util.stream.Collectors.joining;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.Timeline;
import java.util.List;
import java.util.Optional;

/** What can be wrong with the cluster as a whole. */
final class ClusterRules {

    private ClusterRules() {}

    /**
     * @param wasSplit whether two members were out of recovery before, which is not over because one is out of sight
     * @param declared what somebody wants of the cluster
     */
    static void check(ClusterView cluster, boolean wasSplit, Declared declared, Findings findings) {
        if (cluster.members().isEmpty()) {
            findings.add(FindingKind.MEMBERS_UNKNOWN, Findings.CLUSTER, "no member is known", "at least 1");
            return;
        }
        long systems = cluster.members().stream()
                .flatMap(member -> member.systemIdentifier().stream())
                .distinct()
                .count();
        if (cluster.systemIdentifier().isEmpty() && systems > 1) {
            // Which of them is the cluster is unknown, and so is its primary.
            findings.add(
                    FindingKind.WRONG_SYSTEM_IDENTIFIER,
                    Findings.CLUSTER,
                    systems + " system identifiers, none of them that of most members",
                    "1");
            return;
        }
        List<MemberView> primaries = cluster.primaries();
        if (primaries.isEmpty()) {
            noPrimary(cluster, declared, findings);
        } else if (primaries.size() > 1) {
            String who = primaries.stream()
                    .map(member -> member.name() + " (timeline " + timeline(member) + ")")
                    .collect(joining(", "));
            String stale = primaries.get(primaries.size() - 1).name();
            findings.add(
                    FindingKind.TWO_PRIMARIES,
                    Findings.CLUSTER,
                    primaries.size() + " members out of recovery: " + who + "; the stale one is " + stale,
                    "1");
        }
        if (primaries.size() <= 1) {
            hidden(cluster.hiddenPrimaries(), primaries, wasSplit, findings);
        }
        notRedundant(cluster, declared, findings);
    }

    /**
     * A split brain that was seen lasts until all but one are seen to be over: a refused connection may be a proxy's.
     * Of one that was never seen beside another, nothing at its address is enough.
     */
    private static void hidden(
            List<MemberView> hidden, List<MemberView> primaries, boolean wasSplit, Findings findings) {
        List<MemberView> mayRun = hidden.stream()
                .filter(member -> member.health()
                        .failure()
                        .filter(failure -> failure.kind().provesAbsence())
                        .isEmpty())
                .toList();
        if (wasSplit && primaries.size() + hidden.size() > 1) {
            String inView = primaries.stream().map(MemberView::name).collect(joining(", "));
            findings.add(
                    FindingKind.TWO_PRIMARIES,
                    Findings.CLUSTER,
                    "out of recovery: " + (inView.isEmpty() ? "" : inView + ", and ") + "when seen last: "
                            + described(hidden),
                    "1");
        } else if (primaries.size() == 1 && !mayRun.isEmpty()) {
            findings.add(
                    FindingKind.PRIMARY_FATE_UNKNOWN,
                    Findings.CLUSTER,
                    primaries.get(0).name() + " leads, and out of sight is " + described(mayRun),
                    "1 primary, and each earlier one seen to be over");
        }
    }

    private static String described(List<MemberView> hidden) {
        return hidden.stream().map(member -> member.name() + ", " + why(member)).collect(joining("; "));
    }

    private static String why(MemberView member) {
        return member.leadsTo()
                .map(other -> "its name leads to " + other)
                .orElseGet(() -> TargetRules.why(member.health()));
    }

    /** Certain only if every member is known to be a standby or known to have no server at its address. */
    private static void noPrimary(ClusterView cluster, Declared declared, Findings findings) {
        Optional<MemberView> outside = cluster.followsOutside();
        if (declared.replicaOf().isPresent() || outside.isPresent()) {
            outside.ifPresent(follower -> findings.add(
                    FindingKind.FOLLOWS_OUTSIDE_PRIMARY,
                    Findings.CLUSTER,
                    follower.name() + " streams from a primary that is no member",
                    "as configured"));
            return;
        }
        if (WritePathRules.stopped(cluster, declared)) {
            return;
        }
        List<MemberView> undecided = cluster.members().stream()
                .filter(member -> !member.isPrimary() && !cannotBePrimary(member))
                .toList();
        if (undecided.stream().anyMatch(ClusterRules::pending)) {
            return;
        }
        Optional<String> behindEndpoint = primaryBehindEndpoint(cluster);
        if (behindEndpoint.isPresent()) {
            findings.add(FindingKind.PRIMARY_UNKNOWN, Findings.CLUSTER, behindEndpoint.get(), "1 primary in view");
        } else if (undecided.isEmpty()) {
            findings.add(FindingKind.NO_PRIMARY, Findings.CLUSTER, "0 members out of recovery", "1");
        } else {
            findings.add(
                    FindingKind.PRIMARY_UNKNOWN,
                    Findings.CLUSTER,
                    "no primary among the members that answer; not seen: " + described(undecided),
                    "1 primary in view");
        }
    }

    /** That no address of a member shows one doesn't mean that there is none, if one answers elsewhere. */
    private static Optional<String> primaryBehindEndpoint(ClusterView cluster) {
        return cluster.writeEndpoint()
                .filter(answer -> answer.role() == MemberRole.PRIMARY)
                .map(answer -> "the write endpoint leads to a primary"
                        + cluster.routedTo().map(name -> ", " + name).orElse("")
                        + ", which is not seen at the address of any member");
    }

    /** Not observed yet, or failed too seldom to be believed down: its own status says so until that is decided. */
    private static boolean pending(MemberView member) {
        return member.health().status() != Status.DOWN
                && !TargetRules.unseen(member.health())
                && member.leadsTo().isEmpty();
    }

    private static boolean cannotBePrimary(MemberView member) {
        boolean standby = member.role().isPresent();
        boolean provenAbsent = member.health().status() == Status.DOWN
                && member.health()
                        .failure()
                        .map(Failure::kind)
                        .filter(kind -> kind.provesAbsence())
                        .isPresent();
        return standby || provenAbsent;
    }

    /** Said only where it is known: standbys whose receivers can't be seen may well stream. */
    private static void notRedundant(ClusterView cluster, Declared declared, Findings findings) {
        List<MemberView> others = cluster.members().stream()
                .filter(member -> !member.isPrimary())
                .filter(member -> member.role().isPresent() || !declared.excuses(member.name(), cluster))
                .toList();
        boolean mayStream = others.stream()
                .filter(cluster::belongs)
                .anyMatch(member -> member.streaming() || !receiverKnown(member));
        if (!others.isEmpty() && !mayStream) {
            findings.add(FindingKind.NOT_REDUNDANT, Findings.CLUSTER, "0 standbys streaming", "at least 1");
        }
    }

    private static boolean receiverKnown(MemberView member) {
        return member.health().status() == Status.DOWN || member.statisticsVisible();
    }

    private static String timeline(MemberView member) {
        return member.timeline().map(Timeline::toString).orElse("unknown");
    }
}
