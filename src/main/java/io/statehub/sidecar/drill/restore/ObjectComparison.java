package io.statehub.sidecar.drill.restore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything of a schema but the rows. */
record ObjectComparison(List<Difference> differences, List<Difference> undecided) {

    /** PostgreSQL writes them from what it has parsed, and words that in another way from one release to the next. */
    private static final Set<String> WORDED_BY_THE_SERVER = Set.of(
            "view", "materialized view", "rule", "index", "constraint", "policy", "trigger", "function", "statistics");

    static ObjectComparison of(Manifest expected, Manifest found) {
        ObjectComparison result = new ObjectComparison(new ArrayList<>(), new ArrayList<>());
        Set<String> beside = new HashSet<>();
        // A kind, a table or a sequence that one side could not read is not missing there.
        expected.unseen().forEach(it -> beside.add(it.subject()));
        found.unseen().forEach(it -> beside.add(it.subject()));
        beside.addAll(onlyIn(expected, found));
        beside.addAll(onlyIn(found, expected));
        boolean sameMajor = expected.origin().majorVersion() == found.origin().majorVersion();
        Map<String, SchemaObject> there = Comparison.byName(found.objects(), SchemaObject::subject);
        for (SchemaObject was : expected.objects()) {
            SchemaObject is = there.remove(was.subject());
            if (!belongs(was, beside)) {
                result.compare(was, is, sameMajor);
            }
        }
        for (SchemaObject more : there.values()) {
            if (!belongs(more, beside)) {
                result.differences.add(
                        Difference.of(more.subject(), "is there, and is not in the manifest: " + more.definition()));
            }
        }
        return result;
    }

    /** Tables that one has alone: what belongs to them needs no line of its own. */
    private static Set<String> onlyIn(Manifest one, Manifest other) {
        Set<String> names = new HashSet<>();
        one.tables().stream().filter(Comparison::holdsRows).forEach(table -> names.add(table.name()));
        other.tables().forEach(table -> names.remove(table.name()));
        return names;
    }

    private static boolean belongs(SchemaObject object, Set<String> owners) {
        return owners.contains(object.kind())
                || owners.stream()
                        .anyMatch(owner ->
                                object.name().equals(owner) || object.name().startsWith(owner + "."));
    }

    private void compare(SchemaObject was, @Nullable SchemaObject is, boolean sameMajor) {
        if (is == null) {
            differences.add(Difference.of(was.subject(), "is missing; expected: " + was.definition()));
        } else if (!was.definition().equals(is.definition())) {
            String what = "is '" + is.definition() + "', expected '" + was.definition() + "'";
            if (sameMajor || !WORDED_BY_THE_SERVER.contains(was.kind())) {
                differences.add(Difference.of(was.subject(), what));
            } else {
                undecided.add(Difference.of(
                        was.subject(), what + "; the servers' major versions differ, and so may their words"));
            }
        }
    }
}
