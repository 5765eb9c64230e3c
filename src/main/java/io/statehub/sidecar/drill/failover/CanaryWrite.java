package io.statehub.sidecar.drill.failover;

import io.statehub.sidecar.drill.ledger.LedgerRecord.TryOutcome;
import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.time.Moment;
import java.time.Instant;
import java.util.Optional;

/**
 * One write of the drill and what became of it.
 *
 * @param detail of an acknowledged one when its server was started, of every other the reason
 */
record CanaryWrite(long sequence, Moment begun, Moment at, TryOutcome outcome, String detail) {

    boolean acked() {
        return outcome == TryOutcome.OK;
    }

    /** Whether it was sent and nobody can say what became of it; its own delay may have come after the sending. */
    boolean ambiguous() {
        return outcome == TryOutcome.AMBIGUOUS || outcome == TryOutcome.OWN_DELAY;
    }

    /** As the tracker and its audit know it. */
    HeartbeatObservation observation(String drill, SystemIdentifier cluster) {
        Beat beat = new Beat(drill, sequence);
        return switch (outcome) {
            case OK ->
                new HeartbeatObservation.Acked(
                        at,
                        at.since(begun),
                        beat,
                        new ServerIdentity(cluster, Optional.empty(), Optional.empty(), Instant.parse(detail)),
                        Optional.empty(),
                        Optional.empty());
            case FAILED -> new HeartbeatObservation.Failed(at, at.since(begun), unexpected());
            case AMBIGUOUS, OWN_DELAY -> new HeartbeatObservation.Ambiguous(at, at.since(begun), beat, unexpected());
        };
    }

    private Failure unexpected() {
        return new Failure(FailureKind.UNEXPECTED, detail);
    }
}
