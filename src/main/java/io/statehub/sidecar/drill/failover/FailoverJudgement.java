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
        Judged judged = judged(facts, compared, rto, rpo, objectives, outage).after(facts.end());
        return new FailoverJudgement(judged.verdict(), rto, rpo, judged.why());
    }

    private static Judged judged(
            FailoverFacts facts,
            Comparison compared,
            Compliance rto,
            Compliance rpo,
            Objectives objectives,
            Bounds outage) {
        if (!compared.lost().isEmpty()) {
            return new Judged(
                    EvidenceVerdict.FAILED,
                    compared.lost().size() + " of " + compared.acked() + " acknowledged writes were lost");
        }
        if (rto == Compliance.MISSED) {
            return new Judged(
                    EvidenceVerdict.FAILED,
                    "writes were out for " + Words.bounds(outage) + "; allowed are " + Words.of(objectives.rto()));
        }
        if (!compared.unexpected().isEmpty()) {
            return new Judged(
                    EvidenceVerdict.UNDECIDED,
                    "rows are there that were never committed, so database and drill contradict each other: "
                            + Words.numbers(compared.unexpected()));
        }
        if (!changed(facts)) {
            return new Judged(
                    EvidenceVerdict.UNDECIDED,
                    facts.concluded()
                            .map(what -> "the primary did not change: " + what.evidence())
                            .orElse("no change of primary was seen"));
        }
        if (!compared.judged()) {
            return new Judged(EvidenceVerdict.UNDECIDED, "nobody could be asked in the end which writes had survived");
        }
        if (!facts.milestones().containsKey(Kind.REDUNDANT)) {
            return new Judged(
                    EvidenceVerdict.UNDECIDED,
                    "it was not seen that as many standbys stream as before (" + facts.planned(FailoverPlan.STANDBYS)
                            + ")");
        }
        // The tracker counts those from before its incident, and one may have been gone by then, or go again.
        int streaming = facts.streamingInTheEnd().orElse(0);
        if (streaming < Integer.parseInt(facts.planned(FailoverPlan.STANDBYS))) {
            return new Judged(
                    EvidenceVerdict.UNDECIDED,
                    "standbys that stream in the end: " + streaming + "; before: "
                            + facts.planned(FailoverPlan.STANDBYS));
        }
        if (rto == Compliance.MET && rpo == Compliance.MET) {
            return new Judged(
                    EvidenceVerdict.PASSED,
                    "writes were out for " + Words.bounds(outage) + " (allowed: " + Words.of(objectives.rto())
                            + "), all " + compared.acked() + " acknowledged writes survived");
        }
        return new Judged(
                EvidenceVerdict.UNDECIDED,
                "writes were out for " + Words.bounds(outage) + "; allowed are " + Words.of(objectives.rto()));
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
