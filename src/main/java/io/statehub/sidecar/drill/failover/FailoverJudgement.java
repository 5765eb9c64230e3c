package io.statehub.sidecar.drill.failover;

import io.statehub.sidecar.drill.ledger.LedgerRecord.Concluded;
import io.statehub.sidecar.drill.ledger.Track;
import io.statehub.sidecar.drill.report.Judged;
import io.statehub.sidecar.drill.report.Words;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.failover.Objectives.Compliance;
import io.statehub.sidecar.failover.Outages;
import io.statehub.sidecar.failover.Outcome;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a failover drill came to.
 *
 * @param why the reason in one sentence
 */
record FailoverJudgement(EvidenceVerdict verdict, Compliance rto, Compliance rpo, String why) {

    static FailoverJudgement of(FailoverFacts facts, Comparison compared) {
        Objectives objectives =
                new Objectives(facts.plannedTime(FailoverPlan.RTO_MILLIS), facts.plannedTime(FailoverPlan.RPO_MILLIS));
        Outages writes = facts.outages(Track.WRITE);
        Bounds outage = writes.total();
        Compliance rto = objectives.rtoOf(outage);
        Compliance rpo = objectives.rpoOf(compared.loss());
        String out = "writes were out for " + Words.bounds(outage);
        String allowed = Words.of(objectives.rto());
        Judged judged = failed(compared, rto, out, allowed)
                .or(() -> undecided(facts, compared))
                .orElseGet(() -> rto == Compliance.MET && rpo == Compliance.MET
                        ? new Judged(
                                EvidenceVerdict.PASSED,
                                out + " (allowed: " + allowed + "), all " + compared.acked()
                                        + " acknowledged writes survived")
                        : undecided(out + "; allowed are " + allowed))
                .after(facts.end());
        return new FailoverJudgement(judged.verdict(), rto, rpo, judged.why());
    }

    private static Optional<Judged> failed(Comparison compared, Compliance rto, String out, String allowed) {
        if (!compared.lost().isEmpty()) {
            return Optional.of(new Judged(
                    EvidenceVerdict.FAILED,
                    compared.lost().size() + " of " + compared.acked() + " acknowledged writes were lost"));
        }
        return rto == Compliance.MISSED
                ? Optional.of(new Judged(EvidenceVerdict.FAILED, out + "; allowed are " + allowed))
                : Optional.empty();
    }

    /** Why what was seen shows neither. */
    private static Optional<Judged> undecided(FailoverFacts facts, Comparison compared) {
        if (!compared.unexpected().isEmpty()) {
            return Optional.of(
                    undecided("rows are there that were never committed, so database and drill contradict each other: "
                            + Words.numbers(compared.unexpected())));
        }
        if (!changed(facts)) {
            return Optional.of(undecided(facts.concluded()
                    .map(what -> "the primary did not change: " + what.evidence())
                    .orElse("no change of primary was seen")));
        }
        if (!compared.judged()) {
            return Optional.of(undecided("nobody could be asked in the end which writes had survived"));
        }
        String before = facts.planned(FailoverPlan.STANDBYS);
        if (!facts.milestones().containsKey(Kind.REDUNDANT)) {
            return Optional.of(undecided("it was not seen that as many standbys stream as before (" + before + ")"));
        }
        // The tracker counts those from before its incident, and one may have been gone by then, or go again.
        int streaming = facts.streamingInTheEnd().orElse(0);
        return streaming < Integer.parseInt(before)
                ? Optional.of(undecided("standbys that stream in the end: " + streaming + "; before: " + before))
                : Optional.empty();
    }

    private static Judged undecided(String why) {
        return new Judged(EvidenceVerdict.UNDECIDED, why);
    }

    /** Whether another primary leads, or the same one on a new timeline. */
    private static boolean changed(FailoverFacts facts) {
        Optional<Concluded> concluded = facts.concluded();
        if (concluded.isEmpty()) {
            return facts.milestones().containsKey(Kind.PROMOTED);
        }
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.label().equals(concluded.get().outcome()))
                .anyMatch(outcome -> outcome.changedPrimary() || outcome == Outcome.REPROMOTION);
    }

    /** 0 met, 1 missed or data lost, 3 undecided. */
    int exitCode(Comparison compared) {
        return switch (verdict) {
            case PASSED -> 0;
            case FAILED -> 1;
            case UNDECIDED -> 3;
            case INCOMPLETE -> compared.lost().isEmpty() ? 3 : 1;
        };
    }
}
