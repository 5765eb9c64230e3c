package io.statehub.sidecar.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks for everything that is wrong with what was filed. */
final class EvidenceAudit {

    private final EvidenceReader reader;

    EvidenceAudit(EvidenceReader reader) {
        this.reader = reader;
    }

    /** What is wrong with one item's attachments; empty if nothing is. */
    List<EvidenceProblem> problems(EvidenceItem item) {
        return new EvidenceCheck(reader.folderOf(item), item).problems();
    }

    /** As {@link EvidenceStore#verify()}. */
    List<EvidenceProblem> problems() throws EvidenceException {
        Path folder = reader.folder();
        List<EvidenceProblem> problems = new ArrayList<>();
        List<String> present = new ArrayList<>();
        List<EvidenceItem> items = new ArrayList<>();
        for (Path place : reader.places()) {
            String name = place.getFileName().toString();
            present.add(name);
            try {
                EvidenceItem item = reader.read(place);
                items.add(item);
                problems.addAll(problems(item));
            } catch (EvidenceException e) {
                problems.add(new EvidenceProblem(name, String.valueOf(e.getMessage())));
            }
        }
        List<String> known = new ArrayList<>(present);
        try {
            problems.addAll(unfinished());
            if (!present.isEmpty() && EvidenceIndex.isMissing(folder)) {
                problems.add(new EvidenceProblem(
                        EvidenceIndex.NAME,
                        "it is gone, so that nobody knows what else was filed here; evidence verify --rebuild-index"
                                + " begins a new one"));
            }
            for (String id : EvidenceIndex.gone(folder, present)) {
                known.add(id);
                problems.add(new EvidenceProblem(id, "it was filed here, and is gone"));
            }
        } catch (EvidenceException e) {
            problems.add(new EvidenceProblem(EvidenceIndex.NAME, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new EvidenceException("evidence can't be read from " + folder, folder, e);
        }
        problems.addAll(EvidenceChain.gaps(items, known));
        return problems;
    }

    private List<EvidenceProblem> unfinished() throws IOException {
        return EvidenceReader.entries(reader.folder()).stream()
                .map(left -> left.getFileName().toString())
                .filter(name -> name.startsWith(UnfinishedItem.PREFIX))
                .map(name -> new EvidenceProblem(
                        name, "it is being written, or was left by a process that was killed; it is no evidence"))
                .toList();
    }
}
