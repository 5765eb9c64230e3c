package io.statehub.sidecar.drill.api;

import io.statehub.sidecar.drill.Audience;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.DrillFiling;
import io.statehub.sidecar.drill.DrillProcess;
import io.statehub.sidecar.drill.ledger.Ledger;
import io.statehub.sidecar.drill.ledger.LedgerFile;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.system.Refusal;
import java.io.IOException;
import java.nio.file.Path;

/** The end of an API drill, from its ledger: the report. Whether its process still lives is all one. */
public final class ApiConclusion {

    /** What its ledgers say that they are. */
    static final String KIND = "api";

    private final Path evidence;
    private final Audience audience;

    public ApiConclusion(Path evidence, Audience audience) {
        this.evidence = evidence;
        this.audience = audience;
    }

    /**
     * Reports on a drill whose process was killed; the exit code.
     *
     * @param host what this machine calls itself
     * @throws DrillException if its process still runs, or the ledger can't be used
     */
    public int resumed(Path ledger, String host) throws DrillException {
        return of(DrillProcess.abandoned(ledger, KIND, host), ledger);
    }

    int of(Path file) throws DrillException {
        try {
            return of(LedgerFile.read(file), file);
        } catch (IOException e) {
            throw new DrillException(Refusal.of(e));
        }
    }

    private int of(Ledger ledger, Path file) throws DrillException {
        ApiFacts facts = new ApiFacts(ledger);
        ApiJudgement judgement = ApiJudgement.of(facts);
        ApiReport report = new ApiReport(facts, judgement);
        boolean filed = new DrillFiling(EvidenceKind.API_DRILL, evidence, audience)
                .file(
                        report.document(),
                        report.figures(),
                        report.chart(),
                        facts.cluster(),
                        file,
                        facts.begun().id());
        return DrillFiling.exitCode(judgement.exitCode(), filed);
    }
}
