package io.statehub.sidecar.cli.gate;

import io.statehub.sidecar.cli.running.NeedsNoStart;
import io.statehub.sidecar.evidence.Attachment;
import io.statehub.sidecar.evidence.EvidenceDraft;
import io.statehub.sidecar.evidence.EvidenceException;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.evidence.TextDigest;
import io.statehub.sidecar.gate.GateDecision;
import io.statehub.sidecar.gate.Requirement;
import io.statehub.sidecar.gate.RetirementGate;
import io.statehub.sidecar.time.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gate retirement}. */
@Command(
        name = "retirement",
        mixinStandardHelpOptions = true,
        description = {
            "Answers GO if readiness report, drills of failover, API and restore, and access from each machine were"
                    + " filed, are"
                    + " whole, passed, are recent and of this cluster, and exactly that evidence was approved."
                    + " Files the"
                    + " answer before it prints it, and retires nothing.",
            "Exit code 0 for GO, 1 for NO-GO, or if the answer can't be filed: there is none then."
        })
final class RetirementCommand implements Callable<Integer>, NeedsNoStart {

    @Mixin
    private GateOptions options = new GateOptions();

    @Override
    public Integer call() {
        try {
            Instant now = TimeSource.system().now().wallClock();
            RetirementGate gate = options.gate(now);
            List<Requirement> all = new ArrayList<>(gate.evidence());
            all.add(gate.approval(gate.toApprove().map(TextDigest::of)));
            GateDecision decision = new GateDecision(all);
            // A GO that is not on record is none.
            options.store()
                    .add(new EvidenceDraft(
                            EvidenceKind.RETIREMENT_DECISION,
                            now,
                            gate.cluster(),
                            decision.go() ? EvidenceVerdict.PASSED : EvidenceVerdict.FAILED,
                            decision.go() ? "GO" : "NO-GO",
                            Map.of(),
                            List.of(Attachment.text("decision.txt", decision.text()))));
            options.print(decision.text());
            return decision.go() ? 0 : 1;
        } catch (EvidenceException e) {
            return options.failed(String.valueOf(e.getMessage()));
        }
    }
}
