package io.statehub.sidecar.drill.restore.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The columns of one table.
 *
 * @param all sorted by name: their order in the table may differ after a restore, as with inheritance
 * @param key those of the primary key, in the key's order
 */
record TableColumns(List<Column> all, List<Column> key) {

    /**
     * One column.
     *
     * @param name quoted
     * @param type as SQL takes it
     * @param base the type's own name, such as {@code int4}, if it is one of the server's own; else empty, also of a
     *     domain
     */
    record Column(String name, String type, String base) {}

    /** The key's columns come a second time, with their place in it. */
    static final String SQL = """
            SELECT quote_ident(a.attname) AS name, format_type(a.atttypid, a.atttypmod) AS type,
                   CASE WHEN t.typnamespace = 'pg_catalog'::regnamespace THEN t.typname ELSE '' END AS base,
                   array_position(i.indkey::int2[], a.attnum) AS place
              FROM pg_attribute a
              JOIN pg_type t ON t.oid = a.atttypid
              LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
             WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY a.attname COLLATE "C"
            """;

    static TableColumns of(Connection connection, long oid) throws SQLException {
        List<Column> all = new ArrayList<>();
        NavigableMap<Integer, Column> key = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setLong(1, oid);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Column column = new Column(rows.getString("name"), rows.getString("type"), rows.getString("base"));
                    all.add(column);
                    int place = rows.getInt("place");
                    if (!rows.wasNull()) {
                        key.put(place, column);
                    }
                }
            }
        }
        return new TableColumns(all, List.copyOf(key.values()));
    }
}
