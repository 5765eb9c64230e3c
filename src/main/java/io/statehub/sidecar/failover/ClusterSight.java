package io.statehub.sidecar.failover;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.KubernetesView;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import io.statehub.sidecar.observation.kubernetes.OperatorPhase;
import io.statehub.sidecar.time.Moment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What one step sees of the members. */
final class ClusterSight {

    /** How the member that led appears now. */
    enum Appearance {
        /** It is out of recovery. */
        LEADS,
        /** It answers, and is in recovery. */
        FOLLOWS,
        /** It doesn't answer; that may pass. */
        FAILS,
        /** It doesn't answer, and is believed down. */
        DOWN,
        /** A fault of ours, or silence for too long, keeps us from seeing it. */
        UNSEEN,
        /** A fault of ours, too fresh to mean anything. */
        NO_NEWS
    }

    private final Assessment assessment;
    private final ClusterView cluster;
    private final Tracking known;
    private final Moment now;
    private final List<Leader> primaries;

    ClusterSight(Assessment assessment, Tracking known) {
        this.assessment = assessment;
        this.cluster = assessment.cluster();
        this.known = known;
        this.now = assessment.at();
        this.primaries = cluster.primaries().stream()
                .filter(member -> !isAlias(member))
                .map(Leader::of)
                .toList();
    }

    private boolean isAlias(MemberView member) {
        return Aliases.isAlias(member, known);
    }

    Moment now() {
        return now;
    }

    /** Whether this process was too late of late for what it asked. */
    boolean tooLate() {
        return assessment.ownDelay().isPresent();
    }

    /** Whether some member that is asked is not seen just now, by a fault of ours or for too long a silence. */
    boolean anyUnseen() {
        return cluster.members().stream()
                .anyMatch(member -> member.health().status() == Status.UNKNOWN
                        && member.role().isEmpty());
    }

    /** All members out of recovery, the youngest history first. */
    List<Leader> primaries() {
        return primaries;
    }

    Optional<MemberView> view(String member) {
        return cluster.member(member);
    }

    ClusterView cluster() {
        return cluster;
    }

    /** The leader as it appears now, if it leads. */
    Optional<Leader> leading(Leader leader) {
        return primaries.stream()
                .filter(primary -> primary.member().equals(leader.member()))
                .findFirst();
    }

    Appearance of(Leader leader) {
        Optional<MemberView> view = view(leader.member());
        if (view.isEmpty()) {
            return Appearance.DOWN;
        }
        MemberView member = view.get();
        if (isAlias(member)) {
            return Appearance.UNSEEN;
        }
        if (member.role().isPresent()) {
            // A server of another cluster at this address means that ours is gone from there.
            return !cluster.belongs(member)
                    ? Appearance.DOWN
                    : member.isPrimary() ? Appearance.LEADS : Appearance.FOLLOWS;
        }
        if (member.health().status() == Status.DOWN) {
            return takesWrites(leader) ? Appearance.FAILS : Appearance.DOWN;
        }
        if (failure(member).filter(fault -> !fault.kind().ours()).isPresent()) {
            return Appearance.FAILS;
        }
        return member.health().status() == Status.UNKNOWN ? Appearance.UNSEEN : Appearance.NO_NEWS;
    }

    /**
     * Whether this very run takes writes where clients reach it, as the newest heartbeat or the write endpoint shows:
     * if it doesn't answer, only the way to its own address is broken.
     */
    boolean takesWrites(Leader leader) {
        ServerIdentity run = leader.identity();
        boolean acked = assessment
                .writes()
                .newestAcked()
                .filter(beat -> run.isSameRunAs(beat.server()))
                .isPresent();
        boolean answers = cluster.writeEndpoint()
                .filter(WriteEndpointObservation.Answered::writable)
                .filter(answer -> run.isSameRunAs(answer.identity()))
                .isPresent();
        return acked || answers;
    }

    /** Another history than that of this leader, led by whoever leads the youngest. */
    Optional<Leader> successor(Leader leader) {
        Appearance sight = of(leader);
        boolean gone = sight == Appearance.DOWN || sight == Appearance.FOLLOWS;
        return primaries.stream()
                .filter(primary -> primary.identity()
                        .systemIdentifier()
                        .equals(leader.identity().systemIdentifier()))
                .filter(primary -> primary.isYoungerThan(leader)
                        || (gone && !primary.member().equals(leader.member())))
                .findFirst();
    }

    /** A member whose history is known to be younger than that of this leader. */
    Optional<Leader> younger(Leader leader) {
        return primaries.stream()
                .filter(primary -> primary.identity()
                        .systemIdentifier()
                        .equals(leader.identity().systemIdentifier()))
                .filter(primary -> primary.isYoungerThan(leader))
                .findFirst();
    }

    /**
     * Whether there is a primary of another cluster than this leader's, and none of its own, and its own has been seen
     * to be gone from its address: that it is out of sight is no reason to believe in another.
     */
    boolean anotherCluster(Leader leader) {
        return !primaries.isEmpty()
                && !known.primaries().isDangerous(leader)
                && primaries.stream()
                        .noneMatch(primary -> primary.identity()
                                .systemIdentifier()
                                .equals(leader.identity().systemIdentifier()));
    }

    /** What the operator says that somebody wants, and why all instances are stopped for it. */
    Optional<String> plannedStop() {
        return operator()
                .filter(operator -> operator.phase().equals(OperatorPhase.MAJOR_UPGRADE) || operator.hibernated())
                .map(operator -> operator.hibernated()
                        ? "the operator has stopped the cluster for its hibernation"
                        : "the operator says '" + operator.phase() + "'");
    }

    /** That the operator changes the primary because somebody wants it. */
    Optional<String> plannedSwitchover() {
        return operator()
                .filter(operator -> operator.phase().equals(OperatorPhase.SWITCHOVER))
                .map(operator -> "the operator says '" + operator.phase() + "'"
                        + operator.targetPrimary()
                                .map(target -> " to " + target)
                                .orElse(""));
    }

    private Optional<OperatorCluster> operator() {
        return assessment.kubernetes().flatMap(KubernetesView::cluster);
    }

    /** Why a leader is not seen to lead, for people. */
    String evidence(Leader leader) {
        Optional<MemberView> view = view(leader.member());
        String what = view.map(member -> failure(member)
                        .map(Failure::described)
                        .orElseGet(() -> member.role()
                                .map(role -> "answers as a " + role.name().toLowerCase(Locale.ROOT))
                                .orElse("was not seen")))
                .orElse("is no member any more");
        return leader.described() + " " + what;
    }

    private static Optional<Failure> failure(MemberView member) {
        return member.state().isPresent() ? Optional.empty() : member.health().failure();
    }
}
