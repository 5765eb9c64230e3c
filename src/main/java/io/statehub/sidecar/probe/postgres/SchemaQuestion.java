package io.statehub.sidecar.probe.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Whether the schema for heartbeats is there and what we may do in it: asked of the catalogue, because to try and fail
 * would write an error to the server's log each time.
 */
record SchemaQuestion(String schema) implements Question<SchemaQuestion.Answer> {

    /**
     * What was found.
     *
     * @param role who we are there
     * @param versioned whether the table is there that tells the version
     * @param tables how many of the three tables there are
     */
    record Answer(
            String role,
            String database,
            boolean present,
            boolean usable,
            boolean versioned,
            int tables,
            boolean readable,
            boolean writable) {

        static final int ALL_TABLES = 3;
    }

    @Override
    public String sql() {
        return """
                SELECT current_user AS role, current_database() AS database,
                       n.oid IS NOT NULL AS present,
                       coalesce(has_schema_privilege(n.oid, 'USAGE'), false) AS usable,
                       coalesce(bool_or(c.relname = 'schema_version'), false) AS versioned,
                       count(c.oid) AS tables,
                       coalesce(bool_and(has_table_privilege(c.oid, 'SELECT')), false) AS readable,
                       coalesce(bool_and(c.relname = 'schema_version'
                                         OR has_table_privilege(c.oid, 'INSERT')
                                            AND has_table_privilege(c.oid, 'UPDATE')), false) AS writable
                FROM (SELECT 1) one
                     LEFT JOIN pg_namespace n ON n.nspname = ?
                     LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p')
                                             AND c.relname IN ('schema_version', 'writer', 'beat')
                GROUP BY n.oid""";
    }

    /** Where the schema is missing it is asked for in each round. */
    @Override
    public Optional<Prepared> prepared() {
        return Optional.of(new Prepared("statehub_schema", session -> sql()));
    }

    @Override
    public void bind(PreparedStatement statement) throws SQLException {
        statement.setString(1, schema);
    }

    @Override
    public Answer map(ResultSet rows) throws SQLException {
        Columns.oneRow(rows);
        return new Answer(
                rows.getString("role"),
                rows.getString("database"),
                Columns.flag(rows, "present"),
                Columns.flag(rows, "usable"),
                Columns.flag(rows, "versioned"),
                rows.getInt("tables"),
                Columns.flag(rows, "readable"),
                Columns.flag(rows, "writable"));
    }
}
