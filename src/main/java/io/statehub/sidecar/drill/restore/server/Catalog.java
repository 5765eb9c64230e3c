package io.statehub.sidecar.drill.restore.server;

import io.statehub.sidecar.drill.restore.ContentDigest;
import io.statehub.sidecar.drill.restore.Origin;
import io.statehub.sidecar.drill.restore.RunningServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the catalog says of the whole database, without the lock of any table. */
final class Catalog {

    private static final String ORIGIN = """
            SELECT now() AS taken_at, (SELECT system_identifier::text FROM pg_control_system()) AS system_identifier,
                   CASE WHEN pg_is_in_recovery() THEN greatest((SELECT timeline_id FROM pg_control_checkpoint()),
                                                               (SELECT received_tli FROM pg_stat_wal_receiver))
                        ELSE ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int
                   END AS timeline,
                   CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                       ELSE pg_current_wal_insert_lsn() END::text AS lsn,
                   pg_is_in_recovery() AS standby, current_database() AS database, current_user AS role,
                   current_setting('server_version') AS version,
                       current_setting('server_version_num')::int / 10000 AS major,
                   getdatabaseencoding() AS encoding, d.datcollate AS collation
              FROM pg_database d WHERE d.datname = current_database()
            """;

    private static final String TABLES = """
            SELECT c.oid, n.nspname AS schema, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name,
                c.relkind,
                   c.relpersistence = 'u' AS unlogged, coalesce(m.amname = 'heap', false) AS heap,
                   c.relfilenode, c.relpages::bigint + coalesce(t.relpages, 0) AS pages,
                       row_security_active(c.oid) AS hidden,
                   coalesce(has_table_privilege(c.oid, 'SELECT'), false)
                       AND coalesce(has_schema_privilege(n.oid, 'USAGE'), false) AS readable,
                   (SELECT e.extname FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
                     WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
                       AND d.refclassid = 'pg_extension'::regclass) AS extension
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_am m ON m.oid = c.relam LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
             WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't'
               AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
             ORDER BY n.nspname, c.relname
            """;

    private static final String ROLES =
            "SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY rolname COLLATE \"C\"";

    private static final String SEQUENCES = """
            SELECT c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name, s.seqincrement
              FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relpersistence <> 't' AND NOT EXISTS (SELECT FROM pg_depend d
                   WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
             ORDER BY n.nspname, c.relname
            """;

    /** @param name schema and name, quoted */
    record SequenceEntry(String name, long increment) {}

    private Catalog() {}

    static Origin origin(Connection connection) throws SQLException {
        ContentDigest check = oneRow(connection, RowSql.check(), Catalog::digest);
        return oneRow(
                connection,
                ORIGIN,
                row -> new Origin(
                        row.getObject("taken_at", OffsetDateTime.class).toInstant(),
                        row.getString("system_identifier"),
                        row.getInt("timeline"),
                        row.getString("lsn"),
                        row.getBoolean("standby"),
                        row.getString("database"),
                        row.getString("role"),
                        row.getString("version"),
                        row.getInt("major"),
                        row.getString("encoding"),
                        row.getString("collation"),
                        check));
    }

    static RunningServer server(Connection connection) throws SQLException {
        Origin origin = origin(connection);
        return oneRow(
                connection,
                "SELECT pg_postmaster_start_time() AS started_at",
                row -> new RunningServer(
                        origin.systemIdentifier(),
                        origin.timeline(),
                        origin.standby(),
                        row.getObject("started_at", OffsetDateTime.class).toInstant()));
    }

    /** The two sums, of which the low 64 bits count. */
    static ContentDigest digest(ResultSet row) throws SQLException {
        return new ContentDigest(
                row.getBigDecimal("first").toBigInteger().longValue(),
                row.getBigDecimal("second").toBigInteger().longValue());
    }

    static List<TableEntry> tables(Connection connection) throws SQLException {
        return rows(
                connection,
                TABLES,
                row -> new TableEntry(
                        row.getLong("oid"),
                        row.getString("schema"),
                        row.getString("name"),
                        row.getString("relkind").charAt(0),
                        row.getBoolean("unlogged"),
                        row.getBoolean("heap"),
                        row.getLong("relfilenode"),
                        row.getLong("pages"),
                        row.getBoolean("hidden"),
                        row.getBoolean("readable"),
                        Optional.ofNullable(row.getString("extension"))));
    }

    static List<String> roles(Connection connection) throws SQLException {
        return rows(connection, ROLES, row -> row.getString(1));
    }

    static List<SequenceEntry> sequences(Connection connection) throws SQLException {
        return rows(
                connection, SEQUENCES, row -> new SequenceEntry(row.getString("name"), row.getLong("seqincrement")));
    }

    /** What becomes of one row. */
    @FunctionalInterface
    interface Mapping<T> {
        T of(ResultSet row) throws SQLException;
    }

    static <T> List<T> rows(Connection connection, String sql, Mapping<T> mapping) throws SQLException {
        List<T> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                all.add(mapping.of(rows));
            }
        }
        return all;
    }

    static <T> T oneRow(Connection connection, String sql, Mapping<T> mapping) throws SQLException {
        List<T> all = rows(connection, sql, mapping);
        if (all.size() != 1) {
            throw new SQLException("the server answers with " + all.size() + " rows where there is always one");
        }
        return all.get(0);
    }
}
