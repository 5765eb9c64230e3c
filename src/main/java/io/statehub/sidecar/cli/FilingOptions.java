package io.statehub.sidecar.cli;

import io.statehub.sidecar.evidence.EvidenceDraft;
import io.statehub.sidecar.evidence.EvidenceException;
import io.statehub.sidecar.evidence.EvidenceItem;
import io.statehub.sidecar.evidence.EvidenceStore;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether what was found is filed as evidence. */
public final class FilingOptions {

    @Option(names = "--evidence", paramLabel = "DIR", description = "File it as evidence in that folder too.")
    private @Nullable Path folder;

    /** Files it if that was asked for, and says where on the standard error; false if it can't be written. */
    public boolean file(Supplier<EvidenceDraft> draft) {
        if (folder == null) {
            return true;
        }
        try {
            EvidenceItem item = EvidenceStore.at(folder).add(draft.get());
            System.err.println("filed as " + item.id() + " in " + folder);
            return true;
        } catch (EvidenceException e) {
            System.err.println("--evidence: " + e.getMessage());
            return false;
        }
    }
}
