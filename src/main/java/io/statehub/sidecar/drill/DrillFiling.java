package io.statehub.sidecar.drill;

import io.statehub.sidecar.drill.report.Chart;
import io.statehub.sidecar.drill.report.DrillDocument;
import io.statehub.sidecar.drill.report.DrillJson;
import io.statehub.sidecar.drill.report.DrillMarkdown;
import io.statehub.sidecar.drill.report.SvgChart;
import io.statehub.sidecar.evidence.Attachment;
import io.statehub.sidecar.evidence.EvidenceDraft;
import io.statehub.sidecar.evidence.EvidenceException;
import io.statehub.sidecar.evidence.EvidenceItem;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.evidence.EvidenceStore;
import io.statehub.sidecar.observation.SystemIdentifier;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files the report of a drill as evidence, with the ledger it was made from. */
public final class DrillFiling {

    private static final int UNDECIDED = 3;

    private final EvidenceKind kind;
    private final Path evidence;
    private final Audience audience;

    public DrillFiling(EvidenceKind kind, Path evidence, Audience audience) {
        this.kind = kind;
        this.evidence = evidence;
        this.audience = audience;
    }

    /**
     * Files it, and removes the ledger from beside the evidence; whether it is filed. If it isn't the ledger stays.
     */
    public boolean file(
            DrillDocument document,
            JsonObject figures,
            Chart chart,
            SystemIdentifier cluster,
            Path ledger,
            String drill) {
        String verdict = document.verdict().label() + ": " + document.headline();
        String summary = document.title() + " of " + document.subject() + ": " + document.headline();
        EvidenceStore store = EvidenceStore.at(evidence);
        EvidenceItem item;
        try {
            item = store.add(new EvidenceDraft(
                    kind,
                    document.at(),
                    Optional.of(cluster),
                    document.verdict(),
                    summary.substring(0, Math.min(summary.length(), EvidenceDraft.LONGEST)),
                    Map.of("drill", drill),
                    List.of(
                            Attachment.text("report.md", DrillMarkdown.of(document, "picture.svg")),
                            Attachment.text("report.json", DrillJson.of(document, figures)),
                            Attachment.text("picture.svg", SvgChart.of(chart)),
                            Attachment.file("ledger.txt", ledger))));
        } catch (EvidenceException e) {
            audience.say(verdict);
            audience.say("NOT FILED, so it is no evidence: " + e.getMessage() + "; the ledger is " + ledger
                    + ": --resume makes the report from it");
            return false;
        }
        audience.say(verdict);
        audience.say("report: " + store.folderOf(item).resolve("report.md"));
        try {
            Files.delete(ledger);
        } catch (IOException e) {
            audience.say("the ledger is filed with the report, and can't be removed: " + ledger);
        }
        return true;
    }

    /** The exit code of a drill: what is not filed passes for nothing. */
    public static int exitCode(int code, boolean filed) {
        return filed || code != 0 ? code : UNDECIDED;
    }
}
