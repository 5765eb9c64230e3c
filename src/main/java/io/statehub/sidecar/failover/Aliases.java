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
        Optional<ServerIdentity> run = member.identity();
        if (run.isEmpty()) {
            return false;
        }
        Optional<String> owner = known.memberOf(run.get());
        if (owner.isPresent()) {
            return !owner.get().equals(member.name());
        }
        // One that nobody has met yet goes by the first of its names.
        return cluster.members().stream()
                .filter(other -> other.identity().filter(run.get()::isSameRunAs).isPresent())
                .findFirst()
                .filter(first -> !first.name().equals(member.name()))
                .isPresent();
    }
}
