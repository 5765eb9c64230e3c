package io.statehub.sidecar.headline;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Finding;
import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.NaturalOrder;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.time.Moment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Findings as people read them: those of one kind are one row, and what follows from a cause stands under it.
 *
 * @param kind what was found
 * @param alike the findings of this kind, at least one, by subject in natural order
 * @param consequences rows on what follows from them, the worst first
 */
public record FindingRow(FindingKind kind, List<Finding> alike, List<FindingRow> consequences) {

    private static final int MOST_NAMED = 3;

    public FindingRow {
        alike = alike.stream()
                .sorted(Comparator.comparing(Finding::subject, NaturalOrder.INSTANCE))
                .toList();
        consequences = List.copyOf(consequences);
    }

    /** All findings in rows, the worst first; of equally bad ones in the order in which they were found. */
    public static List<FindingRow> of(Assessment assessment) {
        return of(assessment.findings(), Consequences.nodes(assessment));
    }

    /** @param nodes from a member to the name of the node that it is placed on */
    static List<FindingRow> of(List<Finding> findings, Function<String, Optional<String>> nodes) {
        List<Finding> roots = new ArrayList<>();
        LinkedHashMap<FindingKind, List<Finding>> folded = new LinkedHashMap<>();
        for (Finding finding : findings) {
            Optional<Finding> root = Consequences.rootOf(finding, findings, nodes);
            if (root.isPresent()) {
                folded.computeIfAbsent(root.get().kind(), kind -> new ArrayList<>())
                        .add(finding);
            } else {
                roots.add(finding);
            }
        }
        return rows(roots, kind -> rows(folded.getOrDefault(kind, List.of()), none -> List.of()));
    }

    private static List<FindingRow> rows(List<Finding> findings, Function<FindingKind, List<FindingRow>> below) {
        return findings.stream().collect(groupingBy(Finding::kind, LinkedHashMap::new, toList())).entrySet().stream()
                .map(alike -> new FindingRow(alike.getKey(), alike.getValue(), below.apply(alike.getKey())))
                .sorted(Comparator.comparing(FindingRow::worst).reversed())
                .toList();
    }

    /** The worst impact of the findings and of what follows from them. */
    public Status worst() {
        return consequences.stream().map(FindingRow::worst).reduce(kind.impact(), Status::or);
    }

    /** Since when the oldest of them stands. */
    public Moment since() {
        return alike.stream()
                .map(Finding::since)
                .reduce((one, other) -> other.isAfter(one) ? one : other)
                .orElseThrow();
    }

    /** Whom it is about, such as {@code pg-2, pg-3, pg-10 and 44 more}. */
    public String subject() {
        List<String> subjects = alike.stream().map(Finding::subject).distinct().toList();
        String named = String.join(", ", subjects.subList(0, Math.min(MOST_NAMED, subjects.size())));
        return subjects.size() > MOST_NAMED ? named + " and " + (subjects.size() - MOST_NAMED) + " more" : named;
    }

    /** What was measured on the first of them. */
    public String measured() {
        return alike.get(0).measured();
    }

    /** What is allowed for the first of them. */
    public String allowed() {
        return alike.get(0).allowed();
    }
}
