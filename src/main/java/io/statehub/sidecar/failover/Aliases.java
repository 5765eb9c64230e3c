package io.statehub.sidecar.failover;

import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.observation.ServerIdentity;
import java.util.Optional;

/** Names that lead to the server of another member, as after a change of addresses. */
final class Aliases {

    private Aliases() {}

    /**
     * Whether it is another member that answers under this one's name: that says nothing of the one it should lead to.
     */
    static boolean isAlias(MemberView member, ClusterView cluster, Tracking known) {
        return owner(member, cluster, known).isPresent();
    }

    /**
     * The other member that answers under this one's name; empty if it is the one that it should be, or none answers.
     */
    static Optional<String> owner(MemberView member, ClusterView cluster, Tracking known) {
        return member.identity()
                .flatMap(run -> known.memberOf(run).or(() -> firstName(run, cluster)))
                .filter(name -> !name.equals(member.name()));
    }

    /** One that nobody has met yet goes by the first of its names. */
    private static Optional<String> firstName(ServerIdentity run, ClusterView cluster) {
        return cluster.members().stream()
                .filter(other -> other.identity().filter(run::isSameRunAs).isPresent())
                .map(MemberView::name)
                .findFirst();
    }
}
