package io.statehub.sidecar.failover;

import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.time.Moment;
import java.util.Optional;

/**
 * One beat that was sent.
 *
 * @param begun when it was sent
 * @param at when its outcome was known; not before it was sent
 * @param ackedBy the server that acknowledged it; empty if it is ambiguous
 * @param position where that server's log stood just after, if it was told
 */
public record LedgerEntry(
        Beat beat, Moment begun, Moment at, Optional<ServerIdentity> ackedBy, Optional<Lsn> position) {

    /** @throws IllegalArgumentException if its outcome was known before it was sent */
    public LedgerEntry {
        if (begun.isAfter(at)) {
            throw new IllegalArgumentException("the beat " + beat + " from " + begun + " to " + at);
        }
    }

    /** The entry of a write; empty for one that was certainly not committed. */
    static Optional<LedgerEntry> of(HeartbeatObservation seen) {
        if (seen instanceof HeartbeatObservation.Acked acked) {
            return Optional.of(new LedgerEntry(
                    acked.beat(), acked.begun(), acked.at(), Optional.of(acked.server()), acked.position()));
        }
        return seen instanceof HeartbeatObservation.Ambiguous ambiguous
                ? Optional.of(new LedgerEntry(
                        ambiguous.beat(), ambiguous.begun(), ambiguous.at(), Optional.empty(), Optional.empty()))
                : Optional.empty();
    }

    public boolean acked() {
        return ackedBy.isPresent();
    }
}
