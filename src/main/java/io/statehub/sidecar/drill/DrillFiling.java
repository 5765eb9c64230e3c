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

    private final EvidenceKind kind;
    private final Path evidence;
    private final Audience audience;

    public DrillFiling(EvidenceKind kind, Path evidence, Audience audience) {
        this.kind = kind;
        this.evidence = evidence;
        this.audience = audience;
    }

    /**
     * Files it, and removes the ledger from beside the evidence.
     *
     * @throws DrillException if it can't be filed; the ledger stays
     */
    public void file(
            DrillDocument document,
            JsonObject figures,
            Chart chart,
            SystemIdentifier cluster,
            Path ledger,
            String drill)
            throws DrillException {
        String summary = document.title() + " of " + document.subject() + ": " + document.headline();
        EvidenceStore store = EvidenceStore.at(evidence);
        try {
            EvidenceItem item = store.add(new EvidenceDraft(
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
            Files.delete(ledger);
            audience.say(document.verdict().label() + ": " + document.headline());
            audience.say("report: " + store.folderOf(item).resolve("report.md"));
        } catch (EvidenceException e) {
            throw new DrillException(
                    e.getMessage() + "; the ledger is " + ledger + ": --resume makes the report from it");
        } catch (IOException e) {
            throw new DrillException(ledger + " can't be removed: " + e.getMessage());
        }
    }
}
