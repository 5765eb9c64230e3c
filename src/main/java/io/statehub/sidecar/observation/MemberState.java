package io.statehub.sidecar.observation;

import java.util.List;
import java.util.Optional;

/**
 * A server's own account of itself, read within one probe.
 *
 * @param identity which server, and where it stands
 * @param statisticsVisible whether we may see replication statistics; without the right the columns are NULL with no
 *     error, so every figure below would lie
 * @param walSenders whoever receives log from it, standby or not; perhaps not all of them; none where they aren't
 *     visible
 * @param walSendersLeftOut how many more there are that aren't among them; means nothing where they aren't visible
 * @param slots its replication slots, the worst first; perhaps not all of them
 * @param slotTotals figures over all of its slots; empty if they could not be asked for
 * @param role what only a primary, or only a standby, has
 * @param newestBeat our writer's newest heartbeat there; empty if there is none or it can't be read
 */
public record MemberState(
        ServerIdentity identity,
        boolean statisticsVisible,
        List<WalSender> walSenders,
        long walSendersLeftOut,
        List<ReplicationSlot> slots,
        Optional<SlotTotals> slotTotals,
        RoleState role,
        Optional<Beat> newestBeat) {

    public MemberState {
        // What is hidden from us comes as rows of NULLs, which would read as receivers without a name.
        walSenders = statisticsVisible ? List.copyOf(walSenders) : List.of();
        slots = List.copyOf(slots);
    }

    /** A state in which all WAL senders are listed. */
    public MemberState(
            ServerIdentity identity,
            boolean statisticsVisible,
            List<WalSender> walSenders,
            List<ReplicationSlot> slots,
            SlotTotals slotTotals,
            RoleState role,
            Optional<Beat> newestBeat) {
        this(identity, statisticsVisible, walSenders, 0, slots, Optional.of(slotTotals), role, newestBeat);
    }

    /** A state in which all slots are listed. */
    public MemberState(
            ServerIdentity identity,
            boolean statisticsVisible,
            List<WalSender> walSenders,
            List<ReplicationSlot> slots,
            RoleState role,
            Optional<Beat> newestBeat) {
        this(identity, statisticsVisible, walSenders, slots, SlotTotals.of(slots), role, newestBeat);
    }

    public MemberRole memberRole() {
        return role.memberRole();
    }
}
