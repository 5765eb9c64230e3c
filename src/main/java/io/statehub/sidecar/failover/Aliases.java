package io.statehub.sidecar.failover;

import io.statehub.sidecar.assessment.MemberView;
import java.util.Optional;

/** Names that lead to the server of another member, as after a change of addresses. */
final class Aliases {

    private Aliases() {}

    /**
     * Whether it is another member that answers under this one's name: that says nothing of the one it should lead to.
     */
    static boolean isAlias(MemberView member, Tracking known) {
        return owner(member, known).isPresent();
    }

    /**
     * The other member that answers under this one's name; empty if it is the one that it should be, or none answers.
     */
    static Optional<String> owner(MemberView member, Tracking known) {
        return member.leadsTo()
                .or(() -> member.identity().flatMap(known::memberOf).filter(name -> !name.equals(member.name())));
    }
}
