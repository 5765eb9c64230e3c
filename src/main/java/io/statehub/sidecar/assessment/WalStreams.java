package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.WalSender;
import java.util.List;
import java.util.Optional;

/** Which member is behind which sender. A sender tells a name, which is anybody's, and a slot. */
public record WalStreams(ClusterView cluster) {

    /**
     * How the upstream of a standby sees it: the one sender that is known to be its own and acknowledges what it
     * replays.
     *
     * @return empty if no member streams to it, or it is not known which of several senders is its own
     */
    public Optional<WalSender> senderTo(MemberView standby) {
        List<WalSender> own = cluster.members().stream()
                .filter(cluster::belongs)
                .flatMap(member -> member.state().stream())
                .flatMap(state -> state.walSenders().stream())
                .filter(sender -> sender.acknowledges() && mayBeOf(sender, standby))
                .toList();
        return own.size() == 1 ? Optional.of(own.get(0)) : Optional.empty();
    }

    /** The member behind a sender, as far as is known. */
    public Optional<MemberView> ownerOf(WalSender sender) {
        List<MemberView> owners = cluster.members().stream()
                .filter(member -> mayBeOf(sender, member))
                .toList();
        return owners.size() == 1 ? Optional.of(owners.get(0)) : Optional.empty();
    }

    /**
     * Whether a sender is a member's, by the slot that both name. A name alone is anybody's: it decides only where
     * neither streams from a slot, or the member isn't there to be asked.
     */
    private static boolean mayBeOf(WalSender sender, MemberView member) {
        boolean named = sender.applicationName().equals(member.name());
        Optional<String> slot = member.walReceiver().flatMap(RoleState.WalReceiver::slot);
        if (member.walReceiver().isEmpty()) {
            return named && !member.isPrimary();
        }
        return slot.isPresent()
                ? sender.slot().equals(slot)
                : named && sender.slot().isEmpty();
    }

    /**
     * The senders of a primary that are standbys of this cluster: those that acknowledge what they replay and are a
     * member's, or are waited for by the primary's own setting.
     */
    List<WalSender> standbysOf(MemberView primary) {
        return acknowledging(primary).stream()
                .filter(sender -> sender.synchronous() || ownerOf(sender).isPresent())
                .toList();
    }

    /**
     * Whether a member may be behind one of a primary's senders that isn't known to be a member's: one that streams and
     * has no sender of its own, while there are such senders or some that are not listed.
     */
    boolean mayHaveMoreStandbys(MemberView primary) {
        boolean unnamed = cluster.streamingStandbys().stream()
                .anyMatch(standby -> senderTo(standby).isEmpty() && !isDirectlyFed(standby));
        boolean unowned = acknowledging(primary).stream()
                .anyMatch(sender -> !sender.synchronous() && ownerOf(sender).isEmpty());
        boolean leftOut =
                primary.state().filter(state -> state.walSendersLeftOut() > 0).isPresent();
        return unnamed && (unowned || leftOut);
    }

    private boolean isDirectlyFed(MemberView standby) {
        return cluster.members().stream()
                .flatMap(member -> acknowledging(member).stream())
                .anyMatch(sender -> mayBeOf(sender, standby));
    }

    private static List<WalSender> acknowledging(MemberView member) {
        return member.state().stream()
                .flatMap(state -> state.walSenders().stream())
                .filter(sender -> sender.streaming() && (sender.acknowledges() || sender.synchronous()))
                .toList();
    }
}
