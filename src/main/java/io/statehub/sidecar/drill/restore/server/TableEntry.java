package io.statehub.sidecar.drill.restore.server;

import java.util.Optional;

/**
 * A line of the catalog: anything that looks like a table.
 *
 * @param name schema and name, quoted
 * @param kind {@code pg_class.relkind}
 * @param unlogged whether it is unlogged
 * @param heap whether its rows are in blocks that can be read in part
 * @param filenode the file that held its rows when the snapshot was taken
 * @param pages of 8 KiB that it had when it was last counted
 * @param hidden whether row-level security hides rows from us
 * @param readable whether we have the right to read it
 * @param extension that it belongs to, if it does
 */
record TableEntry(
        long oid,
        String schema,
        String name,
        char kind,
        boolean unlogged,
        boolean heap,
        long filenode,
        long pages,
        boolean hidden,
        boolean readable,
        Optional<String> extension) {

    static final int PAGE = 8192;

    /** What it is, in PostgreSQL's words. */
    String kindName() {
        return switch (kind) {
            case 'p' -> "partitioned table";
            case 'v' -> "view";
            case 'm' -> "materialized view";
            case 'f' -> "foreign table";
            default -> "table";
        };
    }

    long estimatedBytes() {
        return Math.max(0, pages) * PAGE;
    }
}
