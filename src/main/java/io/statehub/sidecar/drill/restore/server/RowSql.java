package io.statehub.sidecar.drill.restore.server;

import io.statehub.sidecar.drill.restore.server.TableColumns.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The statements that read rows of one table as digests. Each integer, and each value of another type of the server's
 * own as text, is hashed by itself, with the number of its column as seed; NULL has no hash. Types that somebody made,
 * and bytes, are hashed as the one text that PostgreSQL makes of them together, in which each value is quoted where it
 * has to be. So neither can a value move to the next column unseen, nor an empty text pass for NULL. The hashes of a
 * row become one, and that one is hashed with two seeds: only then does a sum over rows tell which values stood in one
 * row.
 */
final class RowSql {

    /** The golden ratio in 64 bits: any that has many bits set would do. */
    private static final long SECOND_SEED = -7046029254386353131L;

    /**
     * A longer {@code bytea} is hashed by itself first, so that a row of hundreds of megabytes isn't put together as
     * one text of twice its length.
     */
    private static final int LONG_VALUE = 65_536;

    private final String table;
    private final TableColumns columns;

    /** @param table schema and name, quoted */
    RowSql(String table, TableColumns columns) {
        this.table = table;
        this.columns = columns;
    }

    /** Blocks of a table, the last one of which may be left open. */
    record Blocks(long from, Optional<Long> before) {

        String condition() {
            return "x.ctid >= '(" + from + ",0)'::tid"
                    + before.map(end -> " AND x.ctid < '(" + end + ",0)'::tid").orElse("");
        }
    }

    /** Rows, and the two sums, of some blocks or of all. */
    String digest(Optional<Blocks> blocks) {
        return "SELECT count(*) AS rows, coalesce(sum(" + ofRow("s.h", 0) + "), 0) AS first, coalesce(sum("
                + ofRow("s.h", SECOND_SEED) + "), 0) AS second FROM (SELECT " + row() + " AS h FROM ONLY " + table
                + " AS x" + blocks.map(it -> " WHERE " + it.condition()).orElse("") + " OFFSET 0) AS s";
    }

    /** All rows, each by its key. */
    String everyRecord() {
        return records("ONLY " + table + " AS x");
    }

    /** The first row of each of some ranges of blocks. */
    String sampledRecords(List<Blocks> ranges) {
        List<String> parts = new ArrayList<>();
        for (Blocks range : ranges) {
            parts.add("(" + records("ONLY " + table + " AS x WHERE " + range.condition() + " LIMIT 1") + ")");
        }
        return String.join(" UNION ALL ", parts);
    }

    /** Rows by their keys, which come as one array of texts for each column of the key. */
    String recordsByKey() {
        List<String> arrays = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < columns.key().size(); i++) {
            Column column = columns.key().get(i);
            arrays.add("?::text[]");
            names.add("k" + i);
            equal.add("x." + column.name() + " = k.k" + i + "::" + column.type());
        }
        return records("unnest(" + String.join(", ", arrays) + ") AS k(" + String.join(", ", names) + ") JOIN ONLY "
                + table + " AS x ON " + String.join(" AND ", equal));
    }

    private String records(String from) {
        List<String> keys = new ArrayList<>();
        for (Column column : columns.key()) {
            keys.add("x." + column.name() + "::text");
        }
        return "SELECT s.key, " + ofRow("s.h", 0) + " AS first, " + ofRow("s.h", SECOND_SEED)
                + " AS second FROM (SELECT ARRAY[" + String.join(", ", keys) + "]::text[] AS key, " + row()
                + " AS h FROM " + from + ") AS s";
    }

    /** What a server makes of a row that is always the same. */
    static String check() {
        String row =
                together(List.of(ofText("'caf\u00e9'", 1), ofInteger("-7", 2), ofText("NULL", 3), ofText("'(1,)'", 0)));
        return "SELECT " + ofRow(row, 0) + " AS first, " + ofRow(row, SECOND_SEED) + " AS second";
    }

    private String row() {
        List<String> hashes = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (int i = 0; i < columns.all().size(); i++) {
            Column column = columns.all().get(i);
            String value = "x." + column.name();
            switch (column.base()) {
                case "int2", "int4", "int8" -> hashes.add(ofInteger(value, i + 1));
                case "bytea" -> others.add(shortened(value));
                case "" -> others.add(value);
                default -> hashes.add(ofText(value + "::text", i + 1));
            }
        }
        if (!others.isEmpty()) {
            hashes.add(ofText("ROW(" + String.join(", ", others) + ")::text", 0));
        }
        return together(hashes);
    }

    private static String shortened(String bytes) {
        return "CASE WHEN octet_length(" + bytes + ") > " + LONG_VALUE + " THEN sha256(" + bytes + ") ELSE " + bytes
                + " END";
    }

    private static String ofInteger(String value, int seed) {
        return "hashint8extended(" + value + ", " + seed + ")";
    }

    private static String ofText(String value, int seed) {
        return "hashtextextended(" + value + " COLLATE \"C\", " + seed + ")";
    }

    private static String together(List<String> hashes) {
        return "hash_array_extended(ARRAY[" + String.join(", ", hashes) + "]::bigint[], 0)";
    }

    private static String ofRow(String hash, long seed) {
        return "hashint8extended(" + hash + ", " + seed + ")";
    }
}
