package io.statehub.sidecar.drill.restore;

import java.util.List;

/**
 * What one database held in one snapshot. Everything is sorted by its name, so that the same database gives the same
 * manifest.
 *
 * @param recordsPerTable most rows of a table that are recorded one by one, from 0
 * @param roles of the server, without those of PostgreSQL itself: a dump names some of them and holds none
 * @param unseen what could not be read besides rows
 */
public record Manifest(
        Origin origin,
        int recordsPerTable,
        List<String> roles,
        List<SchemaObject> objects,
        List<TableState> tables,
        List<SequenceState> sequences,
        List<Unseen> unseen) {

    /** @throws IllegalArgumentException if the most rows to be recorded are negative */
    public Manifest {
        if (recordsPerTable < 0) {
            throw new IllegalArgumentException(recordsPerTable + " records of each table");
        }
        roles = List.copyOf(roles);
        objects = List.copyOf(objects);
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
        unseen = List.copyOf(unseen);
    }

    /** Whether everything could be read that should have been. */
    public boolean complete() {
        return unseen.isEmpty() && tables.stream().noneMatch(table -> table.rows() instanceof TableRows.Unread);
    }

    /** Rows of all tables that were read. */
    public long rows() {
        return tables.stream()
                .mapToLong(table -> table.rows() instanceof TableRows.Read read ? read.rows() : 0)
                .sum();
    }
}
