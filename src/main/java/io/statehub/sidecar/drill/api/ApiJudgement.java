package io.statehub.sidecar.drill.api;

import io.statehub.sidecar.drill.ledger.LedgerRecord.End;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Happened;
import io.statehub.sidecar.drill.ledger.LedgerRecord.TryOutcome;
import io.statehub.sidecar.drill.report.Judged;
import io.statehub.sidecar.drill.report.Words;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.failover.Objectives.Compliance;
import java.time.Duration;
import java.util.Optional;

/**
 * What an API drill came to.
 *
 * @param objective whether all was whole again within the time that is allowed
 * @param recovery how long that took
 * @param why the reason in one sentence
 */
record ApiJudgement(EvidenceVerdict verdict, Compliance objective, Bounds recovery, String why) {

    static ApiJudgement of(ApiFacts facts) {
        Duration allowed = facts.plannedTime(ApiPlan.ALLOWED_MILLIS);
        Bounds recovery = facts.recovery();
        Compliance measured = new Objectives(allowed, Duration.ZERO).rtoOf(recovery);
        Compliance objective = facts.faultSeen() || measured == Compliance.MISSED ? measured : Compliance.UNDECIDED;
        Judged judged = judged(facts, objective, recovery, allowed).after(facts.end());
        return new ApiJudgement(judged.verdict(), objective, recovery, judged.why());
    }

    private static Judged judged(ApiFacts facts, Compliance objective, Bounds recovery, Duration allowed) {
        String measured = "whole again after " + Words.bounds(recovery) + " (allowed: " + Words.of(allowed) + "), "
                + failed(facts);
        if (objective == Compliance.MISSED) {
            return new Judged(EvidenceVerdict.FAILED, recovery.upper().isEmpty() ? "not " + measured : measured);
        }
        if (!facts.faultSeen()) {
            return new Judged(
                    EvidenceVerdict.UNDECIDED,
                    facts.asksKubernetes()
                            ? "no pod of the Deployment was lost or restarted"
                            : "no request failed, and Kubernetes was not asked: nothing shows that there was a fault");
        }
        Optional<Happened> hand = facts.last(ApiFacts.HAND);
        if (hand.isPresent()) {
            return new Judged(
                    EvidenceVerdict.UNDECIDED,
                    "somebody changed the Deployment meanwhile: " + hand.get().evidence());
        }
        if (facts.end().filter(end -> end == End.WHOLE).isEmpty()) {
            return new Judged(
                    EvidenceVerdict.UNDECIDED, "it was not seen that all stays whole; until the end " + failed(facts));
        }
        return new Judged(objective == Compliance.MET ? EvidenceVerdict.PASSED : EvidenceVerdict.UNDECIDED, measured);
    }

    private static String failed(ApiFacts facts) {
        long failed = 0;
        long all = 0;
        for (var track : ApiFacts.PATHS) {
            failed += facts.count(track, TryOutcome.FAILED);
            all += facts.sinceFault(track).size();
        }
        return failed + " of " + all + " requests failed";
    }

    /** 0 met, 1 missed, 3 undecided or broken off. */
    int exitCode() {
        return switch (verdict) {
            case PASSED -> 0;
            case FAILED -> 1;
            case UNDECIDED, INCOMPLETE -> 3;
        };
    }
}
