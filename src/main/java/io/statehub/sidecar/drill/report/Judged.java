package io.statehub.sidecar.drill.report;

import io.statehub.sidecar.drill.ledger.LedgerRecord.End;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import java.util.Optional;

/**
 * What a drill came to.
 *
 * @param why the reason in one sentence
 */
public record Judged(EvidenceVerdict verdict, String why) {

    /**
     * The same of a drill that came to its end; one that did not is incomplete, whatever was seen until then.
     *
     * @param end why the watching ended; empty if the drill was killed
     */
    public Judged after(Optional<End> end) {
        if (end.filter(reason -> reason != End.INTERRUPTED).isPresent()) {
            return this;
        }
        String how = end.isEmpty() ? "the drill was broken off" : "the drill was stopped";
        return new Judged(EvidenceVerdict.INCOMPLETE, how + " before its end; until then: " + why);
    }
}
