package io.statehub.sidecar.failover;

import static java.util.stream.Collectors.joining;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.time.Moment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What one step sees of the members. */
final class ClusterSight {

    /** How the member that led appears now. */
    enum Sight {
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

    private final ClusterView cluster;
    private final Moment now;
    private final List<Leader> primaries;

    ClusterSight(Assessment assessment) {
        this.cluster = assessment.cluster();
        this.now = assessment.at();
        this.primaries = cluster.primaries().stream().map(Leader::of).toList();
    }

    Moment now() {
        return now;
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

    Sight of(Leader leader) {
        Optional<MemberView> view = view(leader.member());
        if (view.isEmpty()) {
            return Sight.DOWN;
        }
        MemberView member = view.get();
        if (member.role().isPresent()) {
            // A server of another cluster at this address means that ours is gone from there.
            return !cluster.belongs(member) ? Sight.DOWN : member.isPrimary() ? Sight.LEADS : Sight.FOLLOWS;
        }
        if (member.health().status() == Status.DOWN) {
            return Sight.DOWN;
        }
        if (failure(member).filter(fault -> !fault.kind().ours()).isPresent()) {
            return Sight.FAILS;
        }
        return member.health().status() == Status.UNKNOWN ? Sight.UNSEEN : Sight.NO_NEWS;
    }

    /** Another history than that of this leader, led by whoever leads the youngest. */
    Optional<Leader> successor(Leader leader) {
        Sight sight = of(leader);
        boolean gone = sight == Sight.DOWN || sight == Sight.FOLLOWS;
        return primaries.stream()
                .filter(primary -> primary.identity()
                        .systemIdentifier()
                        .equals(leader.identity().systemIdentifier()))
                .filter(primary -> primary.isYoungerThan(leader)
                        || (gone && !primary.member().equals(leader.member())))
                .findFirst();
    }

    /** Whether another member than the leader is out of recovery. */
    boolean splitBrain() {
        return primaries.size() > 1;
    }

    /** Whether every other member is known not to be out of recovery, or is down. */
    boolean alone(Leader leader) {
        return cluster.members().stream()
                .filter(member -> !member.name().equals(leader.member()))
                .allMatch(member -> member.role().isPresent()
                        ? !(member.isPrimary() && cluster.belongs(member))
                        : member.health().status() == Status.DOWN);
    }

    /** Whether there is a primary, and it belongs to another cluster than this leader. */
    boolean anotherCluster(Leader leader) {
        return !primaries.isEmpty()
                && primaries.stream()
                        .noneMatch(primary -> primary.identity()
                                .systemIdentifier()
                                .equals(leader.identity().systemIdentifier()));
    }

    String describedPrimaries() {
        return primaries.stream().map(Leader::described).collect(joining(", "));
    }

    /** Why a leader is not seen to lead, for people. */
    String evidence(Leader leader) {
        Optional<MemberView> view = view(leader.member());
        String what = view.map(member -> failure(member)
                        .map(fault -> fault.kind().label() + " (" + fault.detail() + ")")
                        .orElseGet(() -> member.role()
                                .map(role -> "answers as a " + role.name().toLowerCase(Locale.ROOT))
                                .orElse("was not seen")))
                .orElse("is no member any more");
        return leader.described() + " " + what;
    }

    private static Optional<Failure> failure(MemberView member) {
        return member.answer().isPresent() ? Optional.empty() : member.health().failure();
    }
}
