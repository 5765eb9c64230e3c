package io.statehub.sidecar.drill.restore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of one table whose counts or digests differ, as far as single rows are recorded. */
final class RowComparison {

    private static final int MOST_KEYS = 5;

    private final TableRows.Read was;
    private final TableRows.Read is;
    private final List<String> missing = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();
    private final List<String> extra = new ArrayList<>();
    private int equal;

    private RowComparison(TableRows.Read was, TableRows.Read is) {
        this.was = was;
        this.is = is;
    }

    static RowComparison of(TableRows.Read was, TableRows.Read is) {
        RowComparison comparison = new RowComparison(was, is);
        comparison.compare();
        return comparison;
    }

    private boolean sameKey() {
        return was.records().keyColumns().equals(is.records().keyColumns());
    }

    private void compare() {
        if (!sameKey()) {
            return;
        }
        Map<List<String>, ContentDigest> there = new LinkedHashMap<>();
        is.records().records().forEach(record -> there.put(record.key(), record.digest()));
        for (RecordDigest record : was.records().records()) {
            ContentDigest digest = there.remove(record.key());
            if (digest == null) {
                missing.add(named(record.key()));
            } else if (digest.equals(record.digest())) {
                equal++;
            } else {
                changed.add(named(record.key()));
            }
        }
        // Of a table that is recorded in part, what else is there says nothing.
        if (was.records().all() && is.records().all()) {
            there.keySet().forEach(key -> extra.add(named(key)));
        }
    }

    private String named(List<String> key) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            parts.add((i < was.records().keyColumns().size()
                            ? was.records().keyColumns().get(i)
                            : "?") + "=" + key.get(i));
        }
        return String.join(" ", parts);
    }

    /** Recorded rows that are as they were. */
    int equal() {
        return equal;
    }

    /** The first rows that differ, with how. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        missing.forEach(key -> keys.add("missing " + key));
        changed.forEach(key -> keys.add("changed " + key));
        extra.forEach(key -> keys.add("not expected " + key));
        return keys.size() > MOST_KEYS ? List.copyOf(keys.subList(0, MOST_KEYS)) : keys;
    }

    String described() {
        String counts = was.rows() == is.rows()
                ? is.rows() + " rows as expected, but their content differs"
                : is.rows() + " rows, expected " + was.rows() + ": "
                        + (is.rows() < was.rows()
                                ? was.rows() - is.rows() + " fewer"
                                : is.rows() - was.rows() + " more");
        int all = was.records().records().size();
        if (!was.records().keyed()) {
            return counts + "; rows can't be named, since the table has no primary key";
        }
        if (!sameKey()) {
            return counts + "; single rows can't be compared, since the primary key is ("
                    + String.join(", ", is.records().keyColumns()) + "), expected ("
                    + String.join(", ", was.records().keyColumns()) + ")";
        }
        return counts + "; of " + all + " recorded rows " + equal + " are as they were, " + missing.size()
                + " missing, " + changed.size() + " changed"
                + (extra.isEmpty() ? "" : ", and " + extra.size() + " not expected");
    }

    /** SAME if the difference is one that is allowed; UNDECIDED if nothing shows that it is. */
    ComparisonOutcome verdict(AsOf asOf) {
        boolean counted = was.rows() != is.rows() && asOf.allows(was.rows(), is.rows());
        boolean lost = asOf == AsOf.LATER && !missing.isEmpty();
        boolean unexpected = asOf == AsOf.EARLIER && !extra.isEmpty();
        if (!counted || lost || unexpected || !changed.isEmpty()) {
            return ComparisonOutcome.DIFFERENT;
        }
        return equal > 0 || Math.min(was.rows(), is.rows()) == 0 ? ComparisonOutcome.SAME : ComparisonOutcome.UNDECIDED;
    }
}
