package io.statehub.sidecar.drill.restore;

import java.util.List;

/**
 * The rows of a table that are recorded one by one.
 *
 * @param keyColumns columns of the primary key, in its order; none if the table has no key, and then no row is recorded
 * @param all whether these are all rows of the table
 */
public record TableRecords(List<String> keyColumns, List<RecordDigest> records, boolean all) {

    /** Of a table without a primary key. */
    public static final TableRecords NONE = new TableRecords(List.of(), List.of(), false);

    public TableRecords {
        keyColumns = List.copyOf(keyColumns);
        records = List.copyOf(records);
    }

    /** Whether rows can be named at all. */
    public boolean keyed() {
        return !keyColumns.isEmpty();
    }
}
