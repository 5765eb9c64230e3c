package io.statehub.sidecar.drill.restore;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Compares what a database holds with what its manifest says. */
public final class Comparison {

    private final Manifest expected;
    private final Manifest found;
    private final AsOf asOf;
    private final List<Difference> differences = new ArrayList<>();
    private final List<Difference> undecided = new ArrayList<>();
    private final List<Difference> allowed = new ArrayList<>();
    private long tables;
    private long rows;
    private long records;

    private Comparison(Manifest expected, Manifest found, AsOf asOf) {
        this.expected = expected;
        this.found = found;
        this.asOf = asOf;
    }

    /**
     * Compares everything.
     *
     * @param expected the manifest
     * @param found what the restored database holds, with the records of {@code expected} looked up
     */
    public static ComparisonResult of(Manifest expected, Manifest found, AsOf asOf) {
        Comparison comparison = new Comparison(expected, found, asOf);
        comparison.database();
        comparison.everyTable();
        comparison.everySequence();
        ObjectComparison objects = ObjectComparison.of(expected, found);
        comparison.differences.addAll(objects.differences());
        comparison.undecided.addAll(objects.undecided());
        return new ComparisonResult(
                comparison.differences,
                comparison.undecided,
                comparison.allowed,
                comparison.tables,
                comparison.rows,
                comparison.records);
    }

    private void database() {
        Origin was = expected.origin();
        Origin is = found.origin();
        if (!was.encoding().equals(is.encoding())) {
            differences.add(
                    Difference.of("database", "its encoding is " + is.encoding() + ", expected " + was.encoding()));
        }
        if (!was.collation().equals(is.collation())) {
            allowed.add(Difference.of(
                    "database",
                    "its collation is " + is.collation() + ", the manifest's " + was.collation()
                            + ": rows are the same, their order may not be"));
        }
        besidesTables(expected)
                .forEach(it -> undecided.add(Difference.of(it.subject(), "not in the manifest: " + it.reason())));
        besidesTables(found)
                .forEach(it -> undecided.add(Difference.of(it.subject(), "could not be read: " + it.reason())));
    }

    /** A table that could not be described has no rows either, and is named for these. */
    private static List<Unseen> besidesTables(Manifest manifest) {
        Map<String, TableState> tables = byName(manifest.tables(), TableState::name);
        return manifest.unseen().stream()
                .filter(it -> !tables.containsKey(it.subject()))
                .toList();
    }

    private void everyTable() {
        Map<String, TableState> there = byName(found.tables(), TableState::name);
        for (TableState table : expected.tables()) {
            TableState match = there.remove(table.name());
            if (match == null) {
                missing(table);
            } else {
                table(table, match);
            }
        }
        there.values().stream()
                .filter(Comparison::holdsRows)
                .forEach(more -> differences.add(Difference.of(
                        "table " + more.name(), "is there, and is not in the manifest" + rowsOf(more, ", with "))));
    }

    /** A view that is missing is missing among the objects. */
    private void missing(TableState table) {
        if (holdsRows(table)) {
            differences.add(Difference.of("table " + table.name(), "is missing" + rowsOf(table, "; expected with ")));
        }
    }

    static boolean holdsRows(TableState table) {
        return !(table.rows() instanceof TableRows.Skipped);
    }

    private static String rowsOf(TableState table, String before) {
        return table.rows() instanceof TableRows.Read read ? before + read.rows() + " rows" : "";
    }

    private void table(TableState was, TableState is) {
        String subject = "table " + was.name();
        if (was.rows() instanceof TableRows.Unread unread) {
            undecided.add(Difference.of(subject, "its rows are not in the manifest: " + unread.reason()));
        } else if (is.rows() instanceof TableRows.Unread unread) {
            undecided.add(Difference.of(subject, "its rows could not be read: " + unread.reason()));
        } else if (was.rows() instanceof TableRows.Read expectedRows) {
            if (is.rows() instanceof TableRows.Read foundRows) {
                rows(was, expectedRows, foundRows);
            } else {
                String why = ((TableRows.Skipped) is.rows()).reason();
                undecided.add(Difference.of(subject, "its rows were not read: " + why));
            }
        }
    }

    private void rows(TableState table, TableRows.Read was, TableRows.Read is) {
        if (!expected.origin().hashCheck().equals(found.origin().hashCheck())) {
            undecided.add(Difference.of(
                    "table " + table.name(), "its rows can't be compared: this server hashes texts in another way"));
            return;
        }
        tables++;
        rows += was.rows();
        if (was.rows() == is.rows() && was.digest().equals(is.digest())) {
            records += was.records().records().size();
            return;
        }
        if (table.unlogged()
                && is.rows() == 0
                && expected.origin().systemIdentifier().equals(found.origin().systemIdentifier())) {
            allowed.add(Difference.of(
                    "table " + table.name(),
                    "is empty, expected " + was.rows()
                            + " rows: it is unlogged, which a physical restore leaves empty"));
            return;
        }
        RowComparison compared = RowComparison.of(was, is);
        records += compared.equal();
        Difference difference = new Difference("table " + table.name(), compared.described(), compared.keys());
        switch (compared.verdict(asOf)) {
            case SAME -> allowed.add(difference);
            case DIFFERENT -> differences.add(difference);
            case UNDECIDED -> undecided.add(difference);
        }
    }

    private void everySequence() {
        Map<String, SequenceState> there = byName(found.sequences(), SequenceState::name);
        for (SequenceState was : expected.sequences()) {
            SequenceState is = there.get(was.name());
            // One that is missing is missing among the objects.
            if (is != null) {
                sequence(was, is);
            }
        }
    }

    private void sequence(SequenceState was, SequenceState is) {
        int order = is.comparedTo(was);
        String values = is.described() + ", expected " + was.described();
        if (order < 0 && asOf == AsOf.EARLIER) {
            allowed.add(Difference.of("sequence " + was.name(), "is behind: " + values));
        } else if (order < 0) {
            differences.add(Difference.of(
                    "sequence " + was.name(), "is behind: " + values + "; it will give values that were given before"));
        } else if (order > 0) {
            allowed.add(Difference.of("sequence " + was.name(), "is ahead: " + values + "; no value is given twice"));
        }
    }

    static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        return all.stream().collect(toMap(name, Function.identity(), (one, other) -> one, TreeMap::new));
    }
}
