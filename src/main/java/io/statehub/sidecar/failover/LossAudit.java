package io.statehub.sidecar.failover;

import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.HeldBeats;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Counts what is missing on a new primary.
 *
 * @param rows acknowledged beats that it doesn't hold
 * @param seconds see {@link Loss#seconds}
 * @param lost those beats
 */
record LossAudit(Count rows, Bounds seconds, List<LedgerEntry> lost) {

    /**
     * Judges the beats that other servers acknowledged before this one took its first.
     *
     * @param ledger all beats that were acknowledged so far, but for those counted as lost before
     * @param first the first beat of a connection to the new primary
     */
    static LossAudit of(WriteLedger ledger, HeartbeatObservation.Acked first) {
        HeldBeats held = first.heldBefore().orElseThrow();
        List<LedgerEntry> lost = ledger.missingFrom(held).stream()
                .filter(entry -> !entry.begun().isAfter(first.begun()))
                .filter(entry -> entry.ackedBy()
                        .filter(server -> !server.isSameRunAs(first.server()))
                        .isPresent())
                .toList();
        // With the oldest one that is remembered lost too, older ones may be that are not.
        boolean allRemembered = ledger.complete()
                && (lost.isEmpty()
                        || ledger.entries().size() < ledger.capacity()
                        || !lost.contains(ledger.entries().get(0)));
        Count rows = new Count(lost.size(), allRemembered ? OptionalLong.of(lost.size()) : OptionalLong.empty());
        return new LossAudit(rows, seconds(ledger, lost), lost);
    }

    /** From the last acknowledged beat that survived to the last one that was lost. */
    static Bounds seconds(WriteLedger ledger, List<LedgerEntry> lost) {
        if (lost.isEmpty()) {
            return ledger.complete() ? Bounds.ZERO : new Bounds(Duration.ZERO, Optional.empty());
        }
        LedgerEntry lastLost = lost.get(lost.size() - 1);
        Optional<LedgerEntry> lastSurvivor = ledger.entries().stream()
                .filter(entry -> entry.acked()
                        && !lost.contains(entry)
                        && lost.get(0).at().isAfter(entry.at()))
                .reduce((earlier, later) -> later);
        Moment lower = lastSurvivor.map(LedgerEntry::at).orElse(lost.get(0).at());
        return Bounds.of(lower, lastLost.begun(), lastSurvivor.map(LedgerEntry::begun), lastLost.at());
    }

    /**
     * Where a primary's log stood when its last beat was acknowledged.
     *
     * @param atLeast not beyond the end of that beat's commit
     * @param atMost not before it
     */
    record Acked(Optional<Lsn> atLeast, Optional<Lsn> atMost) {

        /**
         * The log stood beyond the position after the last beat but one before the last beat was written. Without
         * heartbeats there is only where the primary was seen last.
         */
        static Acked by(Leader primary, WriteLedger ledger) {
            List<Lsn> positions = ledger.positionsAckedBy(primary.identity());
            int last = positions.size() - 1;
            if (last < 0) {
                return new Acked(
                        primary.identity().position(), primary.identity().position());
            }
            return new Acked(
                    last > 0 ? Optional.of(positions.get(last - 1)) : Optional.empty(),
                    Optional.of(positions.get(last)));
        }
    }

    /**
     * Log that the old primary had acknowledged and the new one left behind.
     *
     * @param acked how far that reached on the old primary
     * @param beforePromotion how far the new primary had received when it was last seen as a standby
     * @param promoted the new primary as it is seen now
     * @return empty if the old primary's position is not known
     */
    static Optional<Count> bytes(Acked acked, Optional<Lsn> beforePromotion, MemberView promoted) {
        Optional<Lsn> exact = promoted.primary().flatMap(RoleState.Primary::forkedAt);
        Optional<Lsn> earliestFork = exact.or(() -> beforePromotion);
        Optional<Lsn> latestFork = exact.or(() -> promoted.identity().flatMap(ServerIdentity::position));
        return acked.atMost().map(position -> {
            long atLeast = between(latestFork, acked.atLeast()).orElse(0);
            OptionalLong atMost = between(earliestFork, Optional.of(position));
            return new Count(
                    atLeast, atMost.isPresent() ? OptionalLong.of(Math.max(atLeast, atMost.getAsLong())) : atMost);
        });
    }

    private static OptionalLong between(Optional<Lsn> fork, Optional<Lsn> acked) {
        return fork.isPresent() && acked.isPresent()
                ? OptionalLong.of(Math.max(0, acked.get().bytesSince(fork.get())))
                : OptionalLong.empty();
    }
}
