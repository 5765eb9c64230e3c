package io.statehub.sidecar.drill.restore.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What decides how a value looks as text, set to the same for every transaction in which values are read: a server's, a
 * database's or a role's own settings may differ from those of the next. They end with the transaction, so that a
 * pooler hands nobody a session with them.
 */
final class PinnedSettings {

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("TimeZone", "UTC"),
            Map.entry("DateStyle", "ISO, YMD"),
            Map.entry("IntervalStyle", "postgres"),
            Map.entry("extra_float_digits", "3"),
            Map.entry("bytea_output", "hex"),
            Map.entry("xmlbinary", "base64"),
            Map.entry("lc_monetary", "C"),
            Map.entry("lc_numeric", "C"),
            Map.entry("lc_time", "C"),
            Map.entry("search_path", ""),
            Map.entry("quote_all_identifiers", "off"),
            // A policy that hides rows is an error then, instead of fewer rows.
            Map.entry("row_security", "off"),
            Map.entry("jit", "off"),
            Map.entry("max_parallel_workers_per_gather", "0"),
            Map.entry("idle_in_transaction_session_timeout", "0"),
            // From PostgreSQL 17 on.
            Map.entry("transaction_timeout", "0"));

    private PinnedSettings() {}

    /** Begins a transaction that only reads, in one snapshot, with everything pinned. */
    static void begin(Connection connection, ReadingLimits limits, String importedSnapshot) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            if (!importedSnapshot.isEmpty()) {
                statement.execute("SET TRANSACTION SNAPSHOT '" + importedSnapshot.replace("'", "''") + "'");
            }
        }
        Map<String, String> all = new LinkedHashMap<>(SETTINGS);
        all.put("statement_timeout", limits.statementTimeout().toMillis() + "ms");
        all.put("lock_timeout", limits.lockTimeout().toMillis() + "ms");
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT set_config(s.name, v.value, true) FROM unnest(?, ?) AS v(name, value)"
                        + " JOIN pg_catalog.pg_settings s ON s.name = v.name")) {
            statement.setArray(1, connection.createArrayOf("text", all.keySet().toArray()));
            statement.setArray(2, connection.createArrayOf("text", all.values().toArray()));
            statement.executeQuery().close();
        }
    }
}
