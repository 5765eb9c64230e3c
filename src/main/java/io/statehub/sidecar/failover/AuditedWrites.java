package io.statehub.sidecar.failover;

import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.HeldBeats;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a change of primary lost, where every write is known and what survived is too; by the rules of
 * {@link LossAudit}.
 */
public final class AuditedWrites {

    private AuditedWrites() {}

    /**
     * The loss.
     *
     * @param written every write, in order
     * @param survived what the primary holds in the end
     */
    public static Loss loss(List<? extends HeartbeatObservation> written, HeldBeats survived) {
        List<LedgerEntry> entries = written.stream()
                .flatMap(write -> LedgerEntry.of(write).stream())
                .toList();
        WriteLedger ledger = new WriteLedger(entries, Math.max(1, entries.size()), true);
        List<LedgerEntry> lost = ledger.missingFrom(survived);
        long ambiguous = entries.stream().filter(entry -> !entry.acked()).count();
        return new Loss(
                Optional.of(new Count(lost.size(), OptionalLong.of(lost.size()))),
                ambiguous,
                Optional.of(LossAudit.seconds(ledger, lost)),
                Optional.empty());
    }
}
