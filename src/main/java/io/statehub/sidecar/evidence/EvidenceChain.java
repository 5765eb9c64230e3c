package io.statehub.sidecar.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Each item names those before it, so that one that is taken out is missed by the next, whatever becomes of the index.
 * Pure.
 */
final class EvidenceChain {

    private EvidenceChain() {}

    /** Digests of the items that no other one names, in order: what the next one names. */
    static List<String> ends(Collection<EvidenceItem> items) {
        Set<String> ends = new TreeSet<>();
        items.forEach(item -> ends.add(item.digest()));
        items.forEach(item -> item.after().forEach(ends::remove));
        return List.copyOf(ends);
    }

    /**
     * What items name and is not there.
     *
     * @param known ids of what is there, whole or changed, or of what is already known to be gone
     */
    static List<EvidenceProblem> gaps(Collection<EvidenceItem> items, Collection<String> known) {
        Set<String> endings = new HashSet<>();
        known.forEach(id -> endings.add(id.substring(Math.max(0, id.lastIndexOf('-')))));
        List<EvidenceProblem> gaps = new ArrayList<>();
        for (EvidenceItem item : items) {
            item.after().stream()
                    .filter(before -> !endings.contains(EvidenceItem.ending(before)))
                    .forEach(before -> gaps.add(new EvidenceProblem(
                            item.id(), "an item that was filed before it is gone: …" + EvidenceItem.ending(before))));
        }
        return gaps;
    }
}
