package io.statehub.sidecar.drill.restore.server;

import io.statehub.sidecar.drill.restore.server.TableColumns.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The statements that read rows of one table as digests. A row is the text that PostgreSQL makes of its columns
 * together, in which each value is quoted where it has to be: neither can a value move to the next column unseen, nor
 * an empty text pass for NULL. Of that text the server makes two 64-bit hashes, with two seeds.
 */
final class RowSql {

    /** The golden ratio in 64 bits: any that has many bits set would do. */
    private static final long SECOND_SEED = -7046029254386353131L;

    /**
     * Longer values are hashed by themselves first, so that a row of hundreds of megabytes isn't put together as one
     * text.
     */
    private static final int LONG_VALUE = 65_536;

    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar");

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
        return "SELECT count(*) AS rows, coalesce(sum(" + hash("s.h", 0) + "), 0) AS first, coalesce(sum("
                + hash("s.h", SECOND_SEED) + "), 0) AS second FROM (SELECT " + row() + " AS h FROM ONLY " + table
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
        return "SELECT s.key, " + hash("s.h", 0) + " AS first, " + hash("s.h", SECOND_SEED)
                + " AS second FROM (SELECT ARRAY[" + String.join(", ", keys) + "]::text[] AS key, " + row()
                + " AS h FROM " + from + ") AS s";
    }

    private static String hash(String text, long seed) {
        return "hashtextextended(" + text + " COLLATE \"C\", " + seed + ")";
    }

    /** What a server makes of a text that is always the same. */
    static String check() {
        String text = "'(1,\"caf\u00e9\",,\"\")'";
        return "SELECT " + hash(text, 0) + " AS first, " + hash(text, SECOND_SEED) + " AS second";
    }

    private String row() {
        List<String> values = new ArrayList<>();
        columns.all().forEach(column -> values.add(value(column)));
        return "ROW(" + String.join(", ", values) + ")::text";
    }

    private static String value(Column column) {
        String it = "x." + column.name();
        if (column.base().equals("bytea")) {
            return "CASE WHEN octet_length(" + it + ") > " + LONG_VALUE + " THEN sha256(" + it + ") ELSE " + it
                    + " END";
        }
        if (TEXTS.contains(column.base())) {
            return "CASE WHEN octet_length(" + it + ") > " + LONG_VALUE + " THEN 'sha256:' || encode(sha256(convert_to("
                    + it + "::text, getdatabaseencoding())), 'hex') ELSE " + it + "::text END";
        }
        return it;
    }
}
